/**
 * How much each finding speaks for one person (docs/identity.md has the table): log2(m / u), where m is how often
 * records of one person show it and u how often records of two people do (Fellegi and Sunter, 1969). The shares are
 * set from published studies of record linkage and rounded, not learnt from a practice's data.
 */
export interface Finding {
  m: number;
  u: number;
}

export const findings = {
  'person identifier': {
    same: { m: 0.95, u: 0.000001 },
    different: { m: 0.01, u: 0.999 },
  },
  'local identifier': { same: { m: 0.95, u: 0.0001 } },
  'birth date': {
    same: { m: 0.97, u: 0.000034 },
    near: { m: 0.02, u: 0.005 },
    different: { m: 0.002, u: 0.994 },
  },
  'family name': {
    same: { m: 0.93, u: 0.002 },
    similar: { m: 0.04, u: 0.005 },
    swapped: { m: 0.01, u: 0.0003 },
    different: { m: 0.03, u: 0.993 },
  },
  'given name': {
    same: { m: 0.9, u: 0.01 },
    similar: { m: 0.07, u: 0.015 },
    swapped: { m: 0.01, u: 0.0003 },
    different: { m: 0.03, u: 0.975 },
  },
  sex: { same: { m: 0.98, u: 0.5 }, different: { m: 0.02, u: 0.5 } },
  phone: { same: { m: 0.6, u: 0.0005 }, different: { m: 0.4, u: 0.9995 } },
  email: { same: { m: 0.6, u: 0.0003 }, different: { m: 0.4, u: 0.9997 } },
  address: {
    same: { m: 0.6, u: 0.001 },
    'same postal code': { m: 0.2, u: 0.03 },
    different: { m: 0.2, u: 0.97 },
  },
} as const satisfies Record<string, Record<string, Finding>>;

/** log2(m / u), rounded to a tenth, so that the points that people see add up. */
export function weightOf({ m, u }: Finding): number {
  return Math.round(Math.log2(m / u) * 10) / 10;
}
