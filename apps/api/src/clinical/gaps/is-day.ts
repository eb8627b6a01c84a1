import { applyDecorators } from '@nestjs/common';
import { IsISO8601, Matches } from 'class-validator';

/** A day that there is, `YYYY-MM-DD`. */
export function IsDay(): PropertyDecorator {
  const message = '$property must be a day, YYYY-MM-DD';
  return applyDecorators(
    Matches(/^\d{4}-\d{2}-\d{2}$/, { message }),
    IsISO8601({ strict: true }, { message }),
  );
}
