import type { GapReason, GapStatus } from '../../../apps/api/src/clinical/contract';
import type { Tone } from '../design/Chip';

/** Computed status, in words. */
export function gapStatusText(status: GapStatus): string {
  switch (status) {
    case 'open-gap':
      return 'open';
    case 'closed-gap':
      return 'closed';
    case 'prospective-gap':
      return 'due soon';
    case 'not-applicable':
      return 'not applicable';
  }
}

export function gapTone(status: GapStatus): Tone {
  switch (status) {
    case 'open-gap':
      return 'worse';
    case 'closed-gap':
      return 'better';
    case 'prospective-gap':
      return 'unknown';
    case 'not-applicable':
      return 'neutral';
  }
}

/** DEQM's care-gap reasons, in the words of a care coordinator. */
export function gapReasonText(reason: GapReason): string {
  switch (reason) {
    case 'NotFound':
    case 'Missing':
      return 'no data';
    case 'Present':
      return 'should not be there';
    case 'InvalidAttribute':
      return 'not usable';
    case 'DateInRange':
      return 'date in range';
    case 'DateOutOfRange':
      return 'out of date';
    case 'ValueInRange':
      return 'value in range';
    case 'ValueOutOfRange':
      return 'out of range';
    case 'CountInRange':
      return 'count in range';
    case 'CountOutOfRange':
      return 'too few';
  }
}

/** The reasons a list of open gaps can be filtered by. */
export const OPEN_REASONS: GapReason[] = [
  'NotFound',
  'Missing',
  'DateOutOfRange',
  'ValueOutOfRange',
  'CountOutOfRange',
  'InvalidAttribute',
  'Present',
];
