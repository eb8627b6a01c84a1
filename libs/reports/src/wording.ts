import type { Change, Rate } from './scorecard-report';
import type { ImprovementNotation } from '@catchment/gaps';
import type { TargetPosition } from './target';

/** How numbers read in a report. One place, so that PDF and XLSX never say two things. */

const COUNT = new Intl.NumberFormat('en-US');

/** `1,234`; a population that the measure does not define is a dash, never a zero. */
export function countText(count: number | null | undefined): string {
  return count === null || count === undefined ? '–' : COUNT.format(count);
}

/** `72.4 %`, or the reason why there is no rate. Never `0 %` for something that was not measured. */
export function rateText(rate: Rate): string {
  switch (rate.kind) {
    case 'rate':
      return percentText(rate.value);
    case 'no-denominator':
      return 'no denominator';
    case 'not-evaluated':
      return 'not evaluated';
    case 'no-rate':
      return `no rate (${rate.scoring})`;
  }
}

/**
 * A proportion with one decimal. Rounding never makes a rate perfect or empty: 99.96 % reads 99.9 %,
 * 0.04 % reads 0.1 %.
 */
export function percentText(proportion: number): string {
  const rounded = Math.round(proportion * 1000) / 10;
  const honest = rounded >= 100 && proportion < 1 ? 99.9 : rounded <= 0 && proportion > 0 ? 0.1 : rounded;
  return `${honest.toFixed(1)} %`;
}

/** `≥ 70.0 %`, or `≤ 20.0 %` where lower is better. */
export function targetText(target: number | null, notation: ImprovementNotation): string {
  if (target === null) return 'none set';
  return `${notation === 'increase' ? '≥' : '≤'} ${percentText(target)}`;
}

/** `12 more` to reach the target, `12 fewer` where lower is better, `met`. */
export function distanceText(position: TargetPosition | null, notation: ImprovementNotation): string {
  if (!position) return '–';
  if (position.met) return 'met';
  return `${COUNT.format(position.patientsToTarget)} ${notation === 'increase' ? 'more' : 'fewer'}`;
}

/** `+1.2 points`; a change that has no month to compare with is a dash. */
export function pointsText(change: Change | null): string {
  return change ? `${signed(change.points.toFixed(1))} pt` : '–';
}

/** `+14 patients` more in the numerator than the month before. */
export function patientsText(change: Change | null): string {
  return change ? `${signed(COUNT.format(change.patients))} patients` : '–';
}

/** `Jan 1, 2026` of an ISO date or instant. */
export function dateText(iso: string): string {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
}

function signed(number: string): string {
  if (/^-?[0.,]+$/.test(number)) return `±${number.replace('-', '')}`;
  return number.startsWith('-') ? `−${number.slice(1)}` : `+${number}`;
}
