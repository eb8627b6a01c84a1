import type { Operators } from './operators';

/** ELM chapter 19: operators over lists of intervals. */
export const intervalListOperators: Operators = {};
