import type { Measure, MeasureGroup, MeasureGroupPopulation } from 'fhir/r4';
import { Diagnostic, Unsupported } from '@catchment/platform';
import { readDefinition } from './read-definition';

const cqfm = 'http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-';

function population(
  code: string,
  define: string,
  extension?: MeasureGroupPopulation['extension'],
): MeasureGroupPopulation {
  return {
    id: `${code}-1`,
    code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/measure-population', code }] },
    criteria: { language: 'text/cql-identifier', expression: define },
    extension,
  };
}

const triple = [
  population('initial-population', 'Initial Population'),
  population('denominator', 'Denominator'),
  population('numerator', 'Numerator'),
];

function measure(group: MeasureGroup, more: Partial<Measure> = {}): Measure {
  return {
    resourceType: 'Measure',
    status: 'draft',
    id: 'M',
    url: 'http://example.org/Measure/M|2',
    library: ['http://example.org/Library/Logic|1.2.0'],
    group: [{ id: 'G', ...group }],
    ...more,
  };
}

function scoring(code: string): { scoring: Measure['scoring'] } {
  return { scoring: { coding: [{ code }] } };
}

function observation(of: string | undefined, method = 'Sum'): MeasureGroupPopulation {
  return population('measure-observation', `Observe ${of ?? ''}`, [
    { url: `${cqfm}aggregateMethod`, valueString: method },
    ...(of === undefined ? [] : [{ url: `${cqfm}criteriaReference`, valueString: of }]),
  ]);
}

describe('readDefinition', () => {
  it('reads scoring, basis and notation at the measure, where it stands in R4', () => {
    const definition = readDefinition(
      measure(
        { population: triple },
        { ...scoring('proportion'), improvementNotation: { coding: [{ code: 'decrease' }] } },
      ),
    );
    expect(definition).toMatchObject({
      id: 'M',
      canonical: 'http://example.org/Measure/M',
      library: 'Logic',
      libraryVersion: '1.2.0',
      groups: [
        { id: 'G', scoring: 'proportion', populationBasis: 'boolean', improvementNotation: 'decrease' },
      ],
    });
  });

  it('lets the extensions of a group win over the measure', () => {
    const group: MeasureGroup = {
      population: [population('initial-population', 'Stays')],
      extension: [
        { url: `${cqfm}scoring`, valueCodeableConcept: { coding: [{ code: 'cohort' }] } },
        { url: `${cqfm}populationBasis`, valueCode: 'Encounter' },
        { url: `${cqfm}improvementNotation`, valueCodeableConcept: { coding: [{ code: 'increase' }] } },
      ],
    };
    const [read] = readDefinition(measure(group, scoring('proportion'))).groups;
    expect(read).toMatchObject({
      scoring: 'cohort',
      populationBasis: 'Encounter',
      improvementNotation: 'increase',
    });
  });

  it('tells the observations of a ratio apart by criteriaReference, whatever their order', () => {
    const group = {
      population: [...triple, observation('numerator-1', 'Count'), observation('denominator-1', 'avg')],
    };
    const [read] = readDefinition(measure(group, scoring('ratio'))).groups;
    expect(read!.observations.map(({ of, aggregateMethod }) => [of, aggregateMethod])).toEqual([
      ['numerator', 'count'],
      ['denominator', 'average'],
    ]);
  });

  it('takes the order of the observations where their references name nothing, and says so', () => {
    const group = { population: [...triple, observation('6402512C'), observation('340EA45E')] };
    const definition = readDefinition(measure(group, scoring('ratio')));
    expect(definition.groups[0]!.observations.map(({ of }) => of)).toEqual(['denominator', 'numerator']);
    expect(definition.warnings).toEqual([
      expect.stringContaining('no population has the id 6402512C'),
      expect.stringContaining('no population has the id 340EA45E'),
    ]);
  });

  it('lets denominator and numerator of a ratio draw from initial populations of their own', () => {
    const reference = (id: string) => [{ url: `${cqfm}criteriaReference`, valueString: id }];
    const group = {
      population: [
        { ...population('initial-population', 'Stays'), id: 'stays' },
        { ...population('initial-population', 'Days'), id: 'days' },
        population('denominator', 'Denominator', reference('days')),
        population('numerator', 'Numerator', reference('stays')),
      ],
    };
    const [read] = readDefinition(measure(group, scoring('ratio'))).groups;
    expect(read!.populations.map(({ code, drawsFrom }) => [code, drawsFrom])).toEqual([
      ['initial-population', undefined],
      ['initial-population', undefined],
      ['denominator', 'days'],
      ['numerator', 'stays'],
    ]);
  });

  it('reads stratifiers with the populations that they apply to, and supplemental data by usage', () => {
    const appliesTo = [
      { url: `${cqfm}appliesTo`, valueCodeableConcept: { coding: [{ code: 'numerator' }] } },
    ];
    const definition = readDefinition(
      measure(
        {
          population: triple,
          stratifier: [
            {
              id: 'young',
              criteria: { language: 'text/cql-identifier', expression: 'Is Young' },
              extension: appliesTo,
            },
            { criteria: { language: 'text/cql-identifier', expression: 'Is Old' } },
            { id: 'unfinished', criteria: { language: 'text/cql-identifier' } },
            {
              id: 'crossed',
              component: [{ criteria: { language: 'text/cql-identifier', expression: 'Sex' } }],
            },
          ],
        },
        {
          ...scoring('proportion'),
          supplementalData: [
            { id: 'sex', criteria: { language: 'text/cql-identifier', expression: 'SDE Sex' } },
            {
              id: 'age',
              usage: [{ coding: [{ code: 'risk-adjustment-factor' }] }],
              criteria: { language: 'text/cql-identifier', expression: 'Risk Age' },
            },
          ],
        },
      ),
    );
    expect(definition.groups[0]!.stratifiers).toEqual([
      { id: 'young', define: 'Is Young', appliesTo: ['numerator'] },
      { id: 'stratifier-2', define: 'Is Old', appliesTo: undefined },
    ]);
    expect(definition.warnings).toEqual([
      expect.stringContaining('stratifier unfinished has no criteria expression and is left out'),
      expect.stringContaining('stratifier crossed has components, which are not supported: it is left out'),
    ]);
    expect(definition.supplementalData).toEqual([
      { id: 'sex', define: 'SDE Sex', usage: 'supplemental-data' },
      { id: 'age', define: 'Risk Age', usage: 'risk-adjustment-factor' },
    ]);
  });

  const faults: [string, MeasureGroup, Partial<Measure>, string][] = [
    [
      'no library',
      { population: triple },
      { ...scoring('proportion'), library: [] },
      'measure M: it names no library',
    ],
    ['no groups', {}, { group: [] }, 'measure M: it has no group'],
    ['no scoring', { population: triple }, {}, 'group G: neither the group nor the measure says its scoring'],
    ['an unknown scoring', { population: triple }, scoring('percentage'), 'unknown scoring "percentage"'],
    [
      'a missing population',
      { population: triple.slice(0, 2) },
      scoring('proportion'),
      'needs a population numerator',
    ],
    [
      'a population of another scoring',
      { population: [...triple, population('measure-population', 'X')] },
      scoring('proportion'),
      'population measure-population-1: scoring proportion has no population measure-population',
    ],
    [
      'a population twice',
      { population: [...triple, triple[1]!] },
      scoring('proportion'),
      '2 populations denominator',
    ],
    [
      'an unknown population code',
      { population: [...triple, population('everybody', 'X')] },
      scoring('proportion'),
      'unknown population code "everybody"',
    ],
    [
      'criteria in another language',
      {
        population: [
          ...triple.slice(0, 2),
          { ...triple[2]!, criteria: { language: 'text/fhirpath', expression: 'true' } },
        ],
      },
      scoring('proportion'),
      'population numerator-1: its criteria are written in text/fhirpath',
    ],
    [
      'a continuous variable without observation',
      { population: [triple[0]!, population('measure-population', 'X')] },
      scoring('continuous-variable'),
      'a continuous variable needs one measure observation',
    ],
    [
      'an unknown aggregate method',
      {
        population: [
          triple[0]!,
          population('measure-population', 'X'),
          observation('measure-population-1', 'mode'),
        ],
      },
      scoring('continuous-variable'),
      'unknown aggregate method "mode"',
    ],
    [
      'two initial populations that nothing draws from',
      { population: [...triple, { ...triple[0]!, id: 'second' }] },
      scoring('ratio'),
      'no criteriaReference names the one it draws from',
    ],
  ];
  it.each(faults)('refuses a measure with %s, naming the place', (_, group, more, text) => {
    const read = (): unknown => readDefinition(measure(group, more));
    expect(read).toThrow(Diagnostic);
    expect(read).toThrow(text);
  });

  it('says that composite measures are not supported', () => {
    expect(() => readDefinition(measure({ population: triple }, scoring('composite')))).toThrow(Unsupported);
  });
});
