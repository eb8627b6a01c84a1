import { planRun, type BeforeRun } from './plan-run';

const before: BeforeRun = {
  published: {
    runId: 'run-1',
    contentHash: 'h',
    periodStart: '2026-01-01',
    periodEnd: '2026-12-31',
    dataAsOf: '2026-11-01T00:00:00Z',
    patients: 5,
    measureIds: ['bp', 'glycemic', 'screening'],
  },
  resultsOf: 'run-1',
  publishedSnapshot: { content: 'monday' },
  publishedEngine: '1',
  snapshot: { content: 'monday' },
  engine: '1',
};
const period = { periodStart: '2026-01-01', periodEnd: '2026-12-31' };
const some = { ...period, measureIds: ['bp'] };
const all = { measureIds: ['bp', 'glycemic', 'screening'], kept: [] };

describe('a run of some measures', () => {
  it('keeps the published results of the others while the data are the same', () => {
    expect(planRun(some, before)).toEqual({ measureIds: ['bp'], kept: ['glycemic', 'screening'] });
  });

  it.each([
    ['the data have changed', { snapshot: { content: 'tuesday' } }],
    ['the warehouse holds results of a run that is not the published one', { resultsOf: 'run-2' }],
    ['the published run was evaluated by another version', { publishedEngine: '0' }],
    [
      'nothing is recorded of the published run',
      { publishedSnapshot: undefined, publishedEngine: undefined },
    ],
  ])('evaluates the others again when %s', (_, change) => {
    expect(planRun(some, { ...before, ...change })).toEqual(all);
  });

  it('publishes nothing when its period is another one', () => {
    const plan = planRun({ ...some, periodStart: '2025-01-01', periodEnd: '2025-12-31' }, before);
    expect(plan).toMatchObject({ measureIds: ['bp'], kept: [] });
    expect(plan.unpublished).toContain('2026-01-01 to 2026-12-31 and also of glycemic, screening');
  });

  it('is published as it is while nothing is, and when it names every published measure', () => {
    expect(planRun(some, { ...before, published: undefined })).toEqual({ measureIds: ['bp'], kept: [] });
    const named = { ...period, periodEnd: '2025-12-31', measureIds: ['screening', 'glycemic', 'bp', 'new'] };
    expect(planRun(named, before)).toEqual({ measureIds: named.measureIds, kept: [] });
  });
});

it('a run of all measures evaluates all, whatever is published', () => {
  expect(planRun({ ...period, measureIds: 'all' }, before)).toEqual({ measureIds: 'all', kept: [] });
});
