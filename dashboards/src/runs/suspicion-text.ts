import type { RunSuspicion } from '../../../apps/api/src/clinical/contract';
import { countText, DASH, instantText, percentText } from '../design/format';

/** A suspicion with its figures: `Observation: 4,120 instead of 5,013 (17.8 % fewer)`. */
export function suspicionText(suspicion: RunSuspicion): string {
  const { kind, type, countBefore, countNow, dataAsOfBefore, dataAsOfNow, days } = suspicion;
  switch (kind) {
    case 'fewer-patients':
      return `Patients: ${fewer(countBefore, countNow)}`;
    case 'fewer-resources':
      return `${type ?? 'Resources'}: ${fewer(countBefore, countNow)}`;
    case 'older-data':
      return `Data as of ${instantText(dataAsOfNow)}, older than the published ${instantText(dataAsOfBefore)}`;
    case 'late-data':
      return `Data as of ${instantText(dataAsOfNow)}, more than ${days ?? DASH} days old`;
  }
}

function fewer(before: number | null, now: number | null): string {
  const share = before && now !== null ? ` (${percentText((before - now) / before)} fewer)` : '';
  return `${countText(now)} instead of ${countText(before)}${share}`;
}
