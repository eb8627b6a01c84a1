export interface Period {
  /** First and last day, `YYYY-MM-DD`, both inclusive. */
  periodStart: string;
  periodEnd: string;
}

/**
 * The years that end with each of the last months before a period's end, oldest first: for a period that ends on
 * 2026-12-31 and two months, 2025-11-01 to 2026-10-31 and 2025-12-01 to 2026-11-30.
 */
export function yearsToMonthEnds(periodEnd: string, months: number): Period[] {
  const [year, month] = periodEnd.split('-').map(Number) as [number, number];
  return Array.from({ length: months }, (_, index) => {
    // Day 0 of a month is the last day of the month before.
    const monthsBack = months - index;
    return {
      periodStart: day(Date.UTC(year - 1, month - monthsBack, 1)),
      periodEnd: day(Date.UTC(year, month - monthsBack, 0)),
    };
  });
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
