import { compare, isLiteral, timestamp, type Expr } from '../plan/expression';
import type { Order } from './temporal';

const mirrored: Record<Order, Order> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/**
 * Complete years or months up to a known instant, compared with a number (`AgeInYearsAt(@2026-12-31) >= 66`): whether a
 * start lies before the last one for which they are complete, which needs no calculation for each row.
 * @returns undefined for other comparisons
 */
export function compareAge(order: Order, a: Expr, b: Expr): Expr | undefined {
  if (isLiteral(a)) return isLiteral(b) ? undefined : compareAge(mirrored[order], b, a);
  if (!isLiteral(b) || typeof b.value !== 'number' || a.op !== 'call' || a.fn !== 'duration')
    return undefined;
  const [start, end, unit] = a.args as [Expr, Expr, Expr];
  if (!isLiteral(end) || typeof end.value !== 'string' || !isLiteral(unit)) return undefined;
  const count = b.value + (order === '>' || order === '<=' ? 1 : 0);
  const last = lastStart(end.value, count, String(unit.value));
  if (last === undefined) return undefined;
  return compare(order === '>=' || order === '>' ? '<=' : '>', start, timestamp(last));
}

/**
 * The last instant from which so many units are complete at the end: the same day and time of an earlier month, or the
 * end of that month where it has no such day.
 */
function lastStart(end: string, count: number, unit: string): string | undefined {
  const months = unit === 'year' ? 12 * count : unit === 'month' ? count : 0;
  if (months < 1 || !Number.isInteger(months)) return undefined;
  const index = 12 * Number(end.slice(0, 4)) + Number(end.slice(5, 7)) - 1 - months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  if (year < 1) return undefined;
  const start = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return Number(end.slice(8, 10)) > days ? `${start}-${days}T23:59:59.999` : `${start}${end.slice(7)}`;
}
