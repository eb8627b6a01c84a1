import { UcumLhcUtils } from '@lhncbc/ucum-lhc';

/** How a unit is converted: a value in base units is `value * factor + shift`. Units of one dimension are comparable. */
export interface UnitScale {
  dimension: string;
  factor: number;
  shift: number;
}

const SECONDS = '0,1,0,0,0,0,0';

/** CQL's calendar units: weeks and shorter are definite durations; years and months compare only with each other. */
const calendar: Record<string, UnitScale> = {
  year: { dimension: 'calendar', factor: 12, shift: 0 },
  month: { dimension: 'calendar', factor: 1, shift: 0 },
  week: { dimension: SECONDS, factor: 604800, shift: 0 },
  day: { dimension: SECONDS, factor: 86400, shift: 0 },
  hour: { dimension: SECONDS, factor: 3600, shift: 0 },
  minute: { dimension: SECONDS, factor: 60, shift: 0 },
  second: { dimension: SECONDS, factor: 1, shift: 0 },
  millisecond: { dimension: SECONDS, factor: 0.001, shift: 0 },
};

/**
 * Scale of a UCUM unit or calendar unit. Undefined for a text that is no unit, and for scales that are not linear
 * (pH, bel): values in them can be compared only with values in the very same unit. The same holds for arbitrary units
 * such as `[IU]`, which UCUM forbids to convert.
 */
export function unitScale(unit: string): UnitScale | undefined {
  // CQL writes calendar units in the plural, too, and so do data that say `days` where UCUM has `d`.
  const known = calendar[unit] ?? calendar[unit.replace(/s$/, '')];
  if (known) return known;
  // No UCUM unit has a blank in it; the library would write to the console about one.
  if (unit === '' || /\s/.test(unit)) return undefined;
  const ucum = UcumLhcUtils.getInstance();
  const { unit: found } = ucum.getSpecifiedUnit(unit, 'validate');
  if (!found || found.isArbitrary_) return undefined;
  const dimension = (found.dim_?.dimVec_ ?? [0, 0, 0, 0, 0, 0, 0]).join(',');
  if (!found.isSpecial_) return { dimension, factor: found.magnitude_, shift: 0 };
  const [zero, one, two] = [0, 1, 2].map((value) => ucum.convertUnitTo(unit, value, 'K'));
  if (typeof zero?.toVal !== 'number' || typeof one?.toVal !== 'number' || typeof two?.toVal !== 'number')
    return undefined;
  return { dimension, factor: one.toVal - zero.toVal, shift: zero.toVal };
}
