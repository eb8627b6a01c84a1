import type { DataSnapshot } from '@catchment/store';
import { suspicionsOf } from './suspicions';

const before: DataSnapshot = {
  dataAsOf: '2026-11-20T06:00:00Z',
  patients: 1000,
  resources: { Condition: 200, Observation: 5000, Patient: 1000 },
  files: 3,
  content: 'a',
};
const at = new Date('2026-11-27T06:00:00Z');
const ask = (
  change: Partial<DataSnapshot>,
  limits = { shrink: 0.1 } as { shrink: number; dataAgeDays?: number },
) => suspicionsOf({ ...before, ...change }, before, limits, at);

describe('what is suspicious about the data of a run', () => {
  it('is nothing for the same data, for more of them and for a first run', () => {
    expect(ask({})).toEqual([]);
    expect(ask({ patients: 3000, resources: { ...before.resources, Procedure: 5 } })).toEqual([]);
    expect(suspicionsOf(before, undefined, { shrink: 0.1, dataAgeDays: 1 }, at)).toEqual([]);
  });

  it('is more than a tenth of the patients missing, not exactly a tenth', () => {
    expect(ask({ patients: 900 })).toEqual([]);
    expect(ask({ patients: 899 })).toEqual([{ kind: 'fewer-patients', before: 1000, now: 899 }]);
  });

  it('is more than a tenth of the resources of a type missing, also where no other type shrank', () => {
    expect(ask({ resources: { ...before.resources, Observation: 4499 } })).toEqual([
      { kind: 'fewer-resources', type: 'Observation', before: 5000, now: 4499 },
    ]);
  });

  it('is a type that is gone altogether', () => {
    expect(ask({ resources: { Observation: 5000, Patient: 1000 } })).toEqual([
      { kind: 'fewer-resources', type: 'Condition', before: 200, now: 0 },
    ]);
  });

  it('names the type first that lost the largest share', () => {
    const resources = { Condition: 20, Observation: 4000, Patient: 0 };
    expect(ask({ resources }).map((each) => 'type' in each && each.type)).toEqual([
      'Patient',
      'Condition',
      'Observation',
    ]);
  });

  it('follows the limit', () => {
    expect(ask({ patients: 600 }, { shrink: 0.5 })).toEqual([]);
    expect(ask({ patients: 999 }, { shrink: 0 })).toHaveLength(1);
  });

  it('is data older than the published ones, and data too old for today where a limit is set', () => {
    expect(ask({ dataAsOf: '2026-11-19T06:00:00Z' })).toEqual([
      { kind: 'older-data', before: '2026-11-20T06:00:00Z', now: '2026-11-19T06:00:00Z' },
    ]);
    // Seven days, to the second: the limit itself is allowed.
    expect(ask({}, { shrink: 0.1, dataAgeDays: 7 })).toEqual([]);
    expect(ask({}, { shrink: 0.1, dataAgeDays: 6 })).toEqual([
      { kind: 'late-data', now: '2026-11-20T06:00:00Z', days: 6 },
    ]);
  });

  it('compares patients and age where the published run is one whose resources are not recorded', () => {
    const { dataAsOf, patients } = before;
    expect(
      suspicionsOf({ ...before, patients: 1 }, { dataAsOf, patients }, { shrink: 0.1 }, at),
    ).toHaveLength(1);
  });
});
