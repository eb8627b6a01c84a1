import { Diagnostic, Unsupported } from '@catchment/platform';
import type { GroupDefinition, PopulationCode, Scoring } from '../definition/definition';
import { summarizeGroup } from './counts';
import { HandMadeResults } from './group.fixture';

function group(
  scoring: Scoring,
  codes: PopulationCode[],
  more: Partial<GroupDefinition> = {},
): GroupDefinition {
  return {
    id: 'G',
    scoring,
    populationBasis: 'boolean',
    improvementNotation: 'increase',
    populations: codes.map((code) => ({ id: code, code, define: code })),
    observations: [],
    stratifiers: [],
    ...more,
  };
}

const proportion: PopulationCode[] = [
  'initial-population',
  'denominator',
  'denominator-exclusion',
  'numerator',
  'numerator-exclusion',
  'denominator-exception',
];

describe('a group', () => {
  let results: HandMadeResults;
  beforeEach(async () => {
    results = await HandMadeResults.open(9);
  });
  afterEach(() => results.close());

  /** Defines of the population codes, by letters: the patients for whom they are true, null, else false. */
  async function defineAll(
    codes: Partial<Record<PopulationCode, { yes: number[]; unknown?: number[] }>>,
  ): Promise<void> {
    for (const [code, { yes, unknown = [] }] of Object.entries(codes)) {
      const values = Array.from({ length: 9 }, (_, index) => index + 1).map(
        (pid) => [pid, yes.includes(pid) ? true : unknown.includes(pid) ? null : false] as const,
      );
      await results.define(code, { boolean: Object.fromEntries(values) });
    }
  }

  it('proportion: exclusions leave before the numerator, exceptions only without it, null is not true', async () => {
    await defineAll({
      'initial-population': { yes: [1, 2, 3, 4, 5, 6, 7], unknown: [8] },
      denominator: { yes: [2, 3, 4, 5, 6, 7, 8, 9] },
      'denominator-exclusion': { yes: [1, 3, 9] },
      numerator: { yes: [1, 3, 4, 5], unknown: [6] },
      'numerator-exclusion': { yes: [5, 6] },
      'denominator-exception': { yes: [3, 4, 6] },
    });
    const definition = group('proportion', proportion);
    await results.evaluate(definition);
    expect(await results.members()).toEqual([
      '1 dxeny', // in no denominator: nothing else counts
      '2 Dxeny',
      '3 DXeny', // excluded: neither numerator nor exception
      '4 DxeNy', // in the numerator: no exception
      '5 DxeNY',
      '6 DxEny', // unknown numerator is not in it, so the exception holds
      '7 Dxeny',
    ]);
    const summary = await summarizeGroup(results.connection, 'M', definition);
    expect(summary.populations).toEqual({
      'initial-population': 7,
      denominator: 6,
      'denominator-exclusion': 1,
      numerator: 2,
      'numerator-exclusion': 1,
      'denominator-exception': 1,
    });
    // (2 − 1) ÷ (6 − 1 − 1)
    expect(summary.score).toBe(0.25);
  });

  it('leaves populations that the measure does not define null', async () => {
    await defineAll({
      'initial-population': { yes: [1] },
      denominator: { yes: [1] },
      numerator: { yes: [] },
    });
    await results.evaluate(group('proportion', ['initial-population', 'denominator', 'numerator']));
    expect(await results.members()).toEqual(['1 Dn']);
  });

  it('has no performance rate where nobody is left in the denominator', async () => {
    await defineAll({
      'initial-population': { yes: [1] },
      denominator: { yes: [] },
      numerator: { yes: [1] },
    });
    const definition = group('proportion', ['initial-population', 'denominator', 'numerator']);
    await results.evaluate(definition);
    expect((await summarizeGroup(results.connection, 'M', definition)).score).toBeNull();
  });

  it('knows defines that are the same for every patient', async () => {
    await defineAll({ 'initial-population': { yes: [1, 2] }, numerator: { yes: [2] } });
    results.constant('denominator', 'true');
    results.constant('denominator-exclusion', 'null');
    await results.evaluate(
      group('proportion', ['initial-population', 'denominator', 'denominator-exclusion', 'numerator']),
    );
    expect(await results.members()).toEqual(['1 Dxn', '2 DxN']);
  });

  it('episodes: one row per resource, a resource that stands twice in a list counts once', async () => {
    await results.define('initial-population', {
      rows: [
        [1, 11],
        [1, 12],
        [1, 12],
        [2, 21],
      ],
    });
    await results.define('denominator', {
      rows: [
        [1, 12],
        [1, 11],
        [3, 31],
      ],
    });
    await results.define('numerator', {
      rows: [
        [1, 12],
        [2, 21],
      ],
    });
    const definition = group('proportion', ['initial-population', 'denominator', 'numerator'], {
      populationBasis: 'Encounter',
    });
    await results.evaluate(definition);
    expect(await results.members()).toEqual(['11 Dn', '12 DN', '21 dn']);
    expect((await summarizeGroup(results.connection, 'M', definition)).score).toBe(0.5);
  });

  describe('ratio', () => {
    const codes: PopulationCode[] = [
      'initial-population',
      'denominator',
      'denominator-exclusion',
      'numerator',
      'numerator-exclusion',
    ];

    it('denominator and numerator are independent; observations are of those that no exclusion takes out', async () => {
      await results.define('initial-population', {
        rows: [
          [1, 11],
          [1, 12],
          [2, 21],
          [2, 22],
        ],
      });
      await results.define('denominator', {
        rows: [
          [1, 11],
          [1, 12],
          [2, 21],
        ],
      });
      await results.define('denominator-exclusion', {
        rows: [
          [1, 12],
          [2, 22],
        ],
      });
      await results.define('numerator', {
        rows: [
          [1, 12],
          [2, 22],
          [3, 31],
        ],
      });
      await results.define('numerator-exclusion', { rows: [[2, 22]] });
      await results.observe('Days', 'denominator', [
        [1, 11, 4],
        [1, 12, 100],
        [2, 21, 6],
      ]);
      await results.observe('Events', 'numerator', [
        [1, 12, 2],
        [2, 22, 50],
      ]);
      const definition = group('ratio', codes, {
        populationBasis: 'Encounter',
        observations: [
          { id: 'days', function: 'Days', aggregateMethod: 'sum', of: 'denominator' },
          { id: 'events', function: 'Events', aggregateMethod: 'sum', of: 'numerator' },
        ],
      });
      await results.evaluate(definition);
      expect(await results.members()).toEqual(['11 Dxny', '12 DXNy', '21 Dxny', '22 dxNY']);
      const summary = await summarizeGroup(results.connection, 'M', definition);
      expect(summary.observations.map(({ count, value }) => [count, value])).toEqual([
        [2, 10],
        [1, 2],
      ]);
      expect(summary.score).toBe(0.2);
    });

    it('with two initial populations, each draws from its own', async () => {
      await results.define('Stays', { rows: [[1, 11]] });
      await results.define('Visits', { rows: [[1, 12]] });
      await results.define('denominator', {
        rows: [
          [1, 11],
          [1, 12],
        ],
      });
      await results.define('numerator', {
        rows: [
          [1, 11],
          [1, 12],
        ],
      });
      await results.evaluate(
        group('ratio', [], {
          populationBasis: 'Encounter',
          populations: [
            { id: 'stays', code: 'initial-population', define: 'Stays' },
            { id: 'visits', code: 'initial-population', define: 'Visits' },
            { id: 'd', code: 'denominator', define: 'denominator', drawsFrom: 'stays' },
            { id: 'n', code: 'numerator', define: 'numerator', drawsFrom: 'visits' },
          ],
        }),
      );
      expect(await results.members()).toEqual(['11 Dn', '12 dN']);
    });
  });

  describe('continuous variable', () => {
    const codes: PopulationCode[] = [
      'initial-population',
      'measure-population',
      'measure-population-exclusion',
    ];

    it.each([
      ['sum', 12],
      ['average', 4],
      ['median', 3],
      ['minimum', 2],
      ['maximum', 7],
      ['count', 3],
    ] as const)('observes those that are not excluded: %s', async (aggregateMethod, value) => {
      await results.define('initial-population', {
        rows: [
          [1, 11],
          [1, 12],
          [2, 21],
          [2, 22],
          [2, 23],
        ],
      });
      await results.define('measure-population', {
        rows: [
          [1, 11],
          [1, 12],
          [2, 21],
          [2, 22],
          [2, 23],
        ],
      });
      await results.define('measure-population-exclusion', { rows: [[1, 12]] });
      await results.observe('Minutes', 'measure-population', [
        [1, 11, 2],
        [1, 12, 1000],
        [2, 21, 3],
        [2, 22, 7],
        [2, 23, null],
      ]);
      const definition = group('continuous-variable', codes, {
        populationBasis: 'Encounter',
        observations: [{ id: 'minutes', function: 'Minutes', aggregateMethod, of: 'measure-population' }],
      });
      await results.evaluate(definition);
      expect(await results.members()).toEqual(['11 Mz', '12 MZ', '21 Mz', '22 Mz', '23 Mz']);
      const summary = await summarizeGroup(results.connection, 'M', definition);
      expect([summary.observations[0]!.count, summary.score]).toEqual([3, value]);
      const kept = await results.connection.rows<{ observation: number | null }>(
        'select observation from results.population_result order by episode_rid',
      );
      expect(kept.map(({ observation }) => observation)).toEqual([2, null, 3, 7, null]);
    });
  });

  it('cohort: the initial population alone, and no score', async () => {
    await defineAll({ 'initial-population': { yes: [2, 4] } });
    const definition = group('cohort', ['initial-population']);
    await results.evaluate(definition);
    expect(await results.members()).toEqual(['2', '4']);
    expect((await summarizeGroup(results.connection, 'M', definition)).score).toBeNull();
  });

  it('strata: by episode, by Boolean for all episodes of a subject, with counts and score of their own', async () => {
    await results.define('initial-population', {
      rows: [
        [1, 11],
        [1, 12],
        [2, 21],
      ],
    });
    await results.define('denominator', {
      rows: [
        [1, 11],
        [1, 12],
        [2, 21],
      ],
    });
    await results.define('numerator', {
      rows: [
        [1, 12],
        [2, 21],
      ],
    });
    await results.define('Short Stays', {
      rows: [
        [1, 11],
        [2, 21],
        [2, 29],
      ],
    });
    await results.define('Is Adult', { boolean: { 1: true, 2: false, 3: null } });
    const definition = group('proportion', ['initial-population', 'denominator', 'numerator'], {
      populationBasis: 'Encounter',
      stratifiers: [
        { id: 'short', define: 'Short Stays' },
        { id: 'adult', define: 'Is Adult' },
      ],
    });
    await results.evaluate(definition);
    const { strata } = await summarizeGroup(results.connection, 'M', definition);
    expect(
      strata.map(({ stratifierId, populations, score }) => [stratifierId, Object.values(populations), score]),
    ).toEqual([
      ['short', [2, 2, 1], 0.5],
      ['adult', [2, 2, 1], 0.5],
    ]);
  });

  it('refuses defines that do not fit the basis, naming the population', async () => {
    await defineAll({ 'initial-population': { yes: [1] } });
    await results.define('Stays', { rows: [[1, 11]] });
    const cohort = (define: string, populationBasis: string): GroupDefinition =>
      group('cohort', [], {
        populationBasis,
        populations: [{ id: 'ip', code: 'initial-population', define }],
      });
    await expect(results.evaluate(cohort('Stays', 'boolean'))).rejects.toThrow(
      'measure M, group G, population ip: the population basis is boolean, and define "Stays" of Logic is not Boolean',
    );
    await expect(results.evaluate(cohort('initial-population', 'Encounter'))).rejects.toThrow(Diagnostic);
    await expect(results.evaluate(cohort('Stays', 'Procedure'))).rejects.toThrow('is a list of Encounter');
    results.constant('Everything', 'true');
    await expect(results.evaluate(cohort('Everything', 'Encounter'))).rejects.toThrow(
      'the same list for every patient',
    );
  });

  it('says that lists of something else than resources are not supported', async () => {
    await results.define('Dates', { values: [[1, '2026-03-01']] });
    const dates = group('cohort', [], {
      populationBasis: 'date',
      populations: [{ id: 'ip', code: 'initial-population', define: 'Dates' }],
    });
    await expect(results.evaluate(dates)).rejects.toThrow(Unsupported);
  });
});
