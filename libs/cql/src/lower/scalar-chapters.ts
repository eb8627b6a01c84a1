import { arithmeticOperators } from './arithmetic';
import { conversionOperators } from './conversions';
import { dateTimeOperators } from './date-times';
import { limitOperators } from './limits';
import { messageOperators } from './messages';
import type { Operators } from './operators';
import { stringOperators } from './strings';

/** Chapters whose operators take and give single values. */
export const scalarChapters: Operators = {
  ...arithmeticOperators, // 16
  ...limitOperators, // 16
  ...stringOperators, // 17
  ...dateTimeOperators, // 18
  ...conversionOperators, // 22
  ...messageOperators, // 24
};
