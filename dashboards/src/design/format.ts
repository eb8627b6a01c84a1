/** How numbers and dates read on every screen. What is not known is a dash or a word, never a zero. */

const COUNT = new Intl.NumberFormat('en-US');
const THIN_SPACE = ' ';
export const DASH = '–';

/** `1,234`; a population that the measure does not define is a dash. */
export function countText(count: number | null | undefined): string {
  return count === null || count === undefined ? DASH : COUNT.format(count);
}

/**
 * A proportion with one decimal. Rounding never makes a rate perfect or empty: 99.96 % reads 99.9 %,
 * 0.04 % reads 0.1 %.
 */
export function percentText(proportion: number | null): string {
  if (proportion === null) return DASH;
  const rounded = Math.round(proportion * 1000) / 10;
  const honest = rounded >= 100 && proportion < 1 ? 99.9 : rounded <= 0 && proportion > 0 ? 0.1 : rounded;
  return `${honest.toFixed(1)}${THIN_SPACE}%`;
}

/** `+14`, `−3`, `±0` with a true minus sign. */
export function signedText(value: number, decimals = 0): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return `±${text}`;
  return `${value > 0 ? '+' : '−'}${COUNT.format(Number(text))}${trailingZero(text)}`;
}

/** `Intl` drops the zero of `1.0`; a column of one-decimal numbers needs it. */
function trailingZero(fixed: string): string {
  return fixed.endsWith('.0') ? '.0' : '';
}

/** `2026-11-23` of an ISO date or instant. */
export function dateText(iso: string | null | undefined): string {
  return iso ? iso.slice(0, 10) : DASH;
}

/** `Nov 2026` of an ISO date. */
export function monthText(iso: string): string {
  const date = new Date(`${iso.slice(0, 7)}-01T00:00:00Z`);
  return new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(date);
}

/** `2026-11-23 06:00 UTC` of an instant. */
export function instantText(iso: string | null): string {
  return iso ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : DASH;
}

/** `1 patient`, `2 patients`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** `male` → `Male`; codes of sex, state and the like in front of people. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `3.4 s`, `2 min 5 s`. */
export function durationText(milliseconds: number | null): string {
  if (milliseconds === null) return DASH;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
