import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPaths } from '@catchment/ingest';
import { openWarehouse, type Database } from '@catchment/warehouse';
import { explainPatient } from '../explain';
import { importPackages } from '../packages';
import { evaluateRun, type EvaluateRunRequest } from './evaluate-run';
import type { RunOutcome } from './run-outcome';

const header = (name: string): string =>
  `library ${name} version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
valueset "Office Visit": 'http://example.org/ValueSet/office-visit'
valueset "Never Published": 'http://example.org/ValueSet/never-published'
code "Inpatient": 'IMP' from "Act Codes"
parameter "Measurement Period" Interval<DateTime>
context Patient
`.replace('code "Inpatient"', 'codesystem "Act Codes": \'http://example.org/act\'\ncode "Inpatient"');

const libraries = {
  Visits: `${header('Visits')}
define "Office Visits": [Encounter: "Office Visit"] Visit where Visit.period during day of "Measurement Period"
// Anybody who was seen.
define "Initial Population": exists "Office Visits"
define "Was Inpatient": exists ([Encounter] Stay where Stay.class ~ "Inpatient")
define "Died": (Patient.deceased as FHIR.boolean).value
define "Folded": (({1, 2, 3}) N aggregate Total starting 0: Total + Count([Encounter] Stay where Stay.status = 'finished') + N) > 3
define "SDE Visits": Count("Office Visits")
define "SDE Rare Visits": [Encounter: "Never Published"]`,
  Stays: `${header('Stays')}
define "Stays": [Encounter] Stay where Stay.class ~ "Inpatient"
define "Long Stays": "Stays" Stay where days between start of Stay.period and end of Stay.period >= 3
define function "Days"(stay Encounter): days between start of stay.period and end of stay.period`,
  Unbound: `${header('Unbound')}
define "Initial Population": exists [Encounter: "Never Published"]`,
};

const population = (code: string, expression: string, extension?: object[]) => ({
  id: code,
  code: { coding: [{ code }] },
  criteria: { language: 'text/cql-identifier', expression },
  extension,
});

function measure(id: string, library: string, scoring: string, group: object, more: object = {}): object {
  return {
    resourceType: 'Measure',
    id,
    url: `http://example.org/Measure/${id}`,
    version: '1.0.0',
    title: `Title of ${id}`,
    status: 'draft',
    copyright: 'Somebody',
    library: [`http://example.org/Library/${library}`],
    scoring: { coding: [{ code: scoring }] },
    group: [{ id: 'G', ...group }],
    ...more,
  };
}

const cqfm = 'http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-';
const measures = [
  measure(
    'SEEN',
    'Visits',
    'proportion',
    {
      population: [
        population('initial-population', 'Initial Population'),
        population('denominator', 'Initial Population'),
        population('denominator-exclusion', 'Died'),
        population('numerator', 'Was Inpatient'),
      ],
    },
    {
      supplementalData: ['SDE Visits', 'SDE Nowhere'].map((expression) => ({
        id: expression,
        criteria: { language: 'text/cql-identifier', expression },
      })),
    },
  ),
  measure('DAYS', 'Stays', 'continuous-variable', {
    extension: [{ url: `${cqfm}populationBasis`, valueCode: 'Encounter' }],
    population: [
      population('initial-population', 'Stays'),
      population('measure-population', 'Long Stays'),
      population('measure-observation', 'Days', [
        { url: `${cqfm}aggregateMethod`, valueString: 'Average' },
        { url: `${cqfm}criteriaReference`, valueString: 'measure-population' },
      ]),
    ],
  }),
  measure('UNBOUND', 'Unbound', 'cohort', {
    population: [population('initial-population', 'Initial Population')],
  }),
  measure(
    'RARE',
    'Visits',
    'cohort',
    { population: [population('initial-population', 'Initial Population')] },
    {
      supplementalData: [
        { id: 'rare', criteria: { language: 'text/cql-identifier', expression: 'SDE Rare Visits' } },
      ],
    },
  ),
  measure('FOLDED', 'Visits', 'cohort', { population: [population('initial-population', 'Folded')] }),
  measure('NAMELESS', 'Visits', 'cohort', { population: [population('initial-population', 'Not Written')] }),
];

const valueSet = {
  resourceType: 'ValueSet',
  url: 'http://example.org/ValueSet/office-visit',
  status: 'active',
  title: 'Office visits',
  expansion: { timestamp: '2026-01-01', contains: [{ system: 'http://example.org/visits', code: 'office' }] },
};

const encounter = (id: string, patient: string, code: string, start: string, end: string) => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { system: 'http://example.org/act', code: code === 'office' ? 'AMB' : 'IMP' },
  type: [{ coding: [{ system: 'http://example.org/visits', code }] }],
  subject: { reference: `Patient/${patient}` },
  period: { start: `${start}T08:00:00Z`, end: `${end}T18:00:00Z` },
});

const resources = [
  { resourceType: 'Patient', id: 'ann' },
  { resourceType: 'Patient', id: 'bob', deceasedBoolean: true },
  { resourceType: 'Patient', id: 'cyd', deceasedBoolean: false },
  { resourceType: 'Patient', id: 'dan' },
  encounter('ann-visit', 'ann', 'office', '2026-03-01', '2026-03-01'),
  encounter('ann-stay', 'ann', 'stay', '2026-04-01', '2026-04-05'),
  encounter('bob-visit', 'bob', 'office', '2026-03-01', '2026-03-01'),
  encounter('bob-stay', 'bob', 'stay', '2026-04-01', '2026-04-07'),
  encounter('cyd-visit', 'cyd', 'office', '2026-03-01', '2026-03-01'),
  encounter('dan-old-visit', 'dan', 'office', '2025-03-01', '2025-03-01'),
  encounter('dan-short-stay', 'dan', 'stay', '2026-04-01', '2026-04-02'),
];

describe('evaluateRun', () => {
  let folder: string;
  let database: Database;
  let outcome: RunOutcome;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-evaluate-'));
    const content = mkdtempSync(join(folder, 'content-'));
    for (const [name, text] of Object.entries(libraries)) writeFileSync(join(content, `${name}.cql`), text);
    for (const each of measures)
      writeFileSync(join(content, `${(each as { id: string }).id}.json`), JSON.stringify(each));
    writeFileSync(join(content, 'office-visit.json'), JSON.stringify(valueSet));
    const data = join(folder, 'data.ndjson');
    writeFileSync(data, resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
    database = await openWarehouse(folder);
    const connection = database.main;
    await loadPaths({ connection, dataDir: folder, paths: [data] });
    await importPackages({ dataDir: folder, paths: [content], connect: async () => connection });
    outcome = await evaluate();
  }, 120_000);
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  function evaluate(request: Partial<EvaluateRunRequest> = {}): Promise<RunOutcome> {
    return evaluateRun({
      connection: database.main,
      dataDir: folder,
      measureIds: 'all',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      runId: 'run-1',
      dataAsOf: '2026-11-01T00:00:00.000Z',
      ...request,
    });
  }

  it('counts each measure and keeps the failure of one to itself', () => {
    const by = new Map(outcome.measures.map((each) => [each.measureId, each]));
    expect(outcome).toMatchObject({ runId: 'run-1', patients: 4 });
    expect(by.get('SEEN')).toMatchObject({
      state: 'evaluated',
      groups: [
        {
          populations: { 'initial-population': 3, denominator: 3, 'denominator-exclusion': 1, numerator: 1 },
          score: 0.5,
        },
      ],
      limitations: [expect.stringContaining('no define "SDE Nowhere"')],
    });
    expect(by.get('DAYS')).toMatchObject({
      state: 'evaluated',
      groups: [{ populations: { 'initial-population': 3, 'measure-population': 2 }, score: 5 }],
    });
    expect(by.get('RARE')).toMatchObject({
      state: 'evaluated',
      groups: [{ populations: { 'initial-population': 3 }, score: null }],
      limitations: [expect.stringMatching(/supplemental data are left out.*never-published/)],
    });
    expect(by.get('UNBOUND')).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('http://example.org/ValueSet/never-published') as string,
    });
    expect(by.get('FOLDED')).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(
        /^not supported: rows inside a fold or filter of a list \(library Visits, define "Folded", at \d+:/,
      ) as string,
    });
    expect(by.get('NAMELESS')).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining(
        'group G, population initial-population: library Visits has no define "Not Written"',
      ) as string,
    });
  });

  it('writes results of evaluated measures only', async () => {
    const { main } = database;
    for (const table of ['measure', 'define', 'population_result']) {
      const rows = await main.rows<{ id: string }>(
        `select distinct measure_id as id from results.${table} order by measure_id`,
      );
      expect(rows.map(({ id }) => id)).toEqual(['DAYS', 'RARE', 'SEEN']);
    }
    expect(await main.rows('select * exclude (data_as_of, engine_version) from results.run')).toEqual([
      { run_id: 'run-1', period_start: '2026-01-01', period_end: '2026-12-31' },
    ]);
    expect(
      await main.rows(
        `select canonical, origin, codes from results.value_set_used where measure_id = 'SEEN'`,
      ),
    ).toEqual([{ canonical: 'http://example.org/ValueSet/office-visit', origin: 'imported', codes: 1 }]);
    expect(
      await main.rows(
        `select define, type, name, canonical, code from results.retrieve where measure_id = 'SEEN' order by define`,
      ),
    ).toEqual([
      {
        define: 'Office Visits',
        type: 'Encounter',
        name: 'Office Visit',
        canonical: valueSet.url,
        code: null,
      },
      { define: 'Was Inpatient', type: 'Encounter', name: 'Encounter', canonical: null, code: null },
    ]);
  });

  it('leaves no temp table behind, and a second run leaves the same rows', async () => {
    const { main } = database;
    const tables = () =>
      main.rows(
        `select table_name from information_schema.tables where table_catalog = 'temp' and table_name like '%.%'`,
      );
    expect(await tables()).toEqual([]);
    const content = () => main.rows('select * from results.population_result order by all');
    const before = await content();
    await evaluate();
    expect(await content()).toEqual(before);
    expect(await tables()).toEqual([]);
  });

  it('keeps what the other measures had when asked to, and else takes it away', async () => {
    const { main } = database;
    const everything = async (measureId: string) => {
      const tables = ['measure', 'measure_group', 'population_result', 'define', 'evidence', 'retrieve'];
      const rows = tables.map((table) =>
        main.rows(`select * from results.${table} where measure_id = $1 order by all`, [measureId]),
      );
      return Promise.all([
        ...rows,
        main.rows(`select * from results."define_result_${measureId}" order by pid`),
      ]);
    };
    const [seen, days] = [await everything('SEEN'), await everything('DAYS')];
    expect(seen.map((rows) => rows.length > 0)).toEqual(Array(7).fill(true));
    // NAMELESS cannot be compiled, and has nothing before or after.
    await evaluate({ measureIds: ['DAYS', 'NAMELESS'], keepOthers: true, runId: 'run-2' });
    expect(await everything('SEEN')).toEqual(seen);
    expect(await everything('DAYS')).toEqual(days);
    expect(await main.rows('select run_id from results.run')).toEqual([{ run_id: 'run-2' }]);

    await evaluate({ measureIds: ['DAYS'], runId: 'run-3' });
    expect(await everything('DAYS')).toEqual(days);
    await expect(everything('SEEN')).rejects.toThrow('define_result_SEEN');
    expect(await main.rows(`select 1 from results.population_result where measure_id = 'SEEN'`)).toEqual([]);
    await evaluate();
    expect(await everything('SEEN')).toEqual(seen);
  });

  it('explains a patient: populations, every define with its CQL, and the resources that it holds', async () => {
    const bob = await explainPatient(database.main, { measureId: 'SEEN', patientId: 'bob' });
    expect(bob.groups).toEqual([
      {
        groupId: 'G',
        members: [
          {
            populations: {
              'initial-population': true,
              denominator: true,
              'denominator-exclusion': true,
              numerator: false,
            },
          },
        ],
      },
    ]);
    const by = new Map(bob.defines.map((define) => [define.define, define]));
    expect(by.get('Office Visits')).toMatchObject({
      library: 'Visits',
      kind: 'list',
      value: true,
      evidence: [{ type: 'Encounter', id: 'bob-visit' }],
    });
    expect(by.get('Initial Population')!.cql).toContain('exists "Office Visits"');
    expect(by.get('Was Inpatient')).toMatchObject({ kind: 'boolean', value: true });
    expect(by.get('Died')).toMatchObject({ kind: 'boolean', value: true });
    const ann = await explainPatient(database.main, { measureId: 'SEEN', patientId: 'ann' });
    expect(ann.defines.find(({ define }) => define === 'Died')).toMatchObject({
      kind: 'boolean',
      value: null,
    });
    const dan = await explainPatient(database.main, { measureId: 'SEEN', patientId: 'dan' });
    expect(dan.groups).toEqual([{ groupId: 'G', members: [] }]);
  });

  it('says which populations of which group a define decides, by itself or through another', async () => {
    const rows = await database.main.rows(
      `select define, group_id as "group", population, is_direct as direct
       from results.define_population inner join results.define using (measure_id, seq)
       where measure_id = 'SEEN' order by all`,
    );
    const decides = (define: string, population: string, direct: boolean) => ({
      define,
      group: 'G',
      population,
      direct,
    });
    // "SDE Visits" uses "Office Visits" and decides nothing.
    expect(rows).toEqual([
      decides('Died', 'denominator-exclusion', true),
      decides('Initial Population', 'denominator', true),
      decides('Initial Population', 'initial-population', true),
      decides('Office Visits', 'denominator', false),
      decides('Office Visits', 'initial-population', false),
      decides('Was Inpatient', 'numerator', true),
    ]);
  });

  it('explains episodes with their observation', async () => {
    const ann = await explainPatient(database.main, { measureId: 'DAYS', patientId: 'ann' });
    expect(ann.groups[0]!.members).toEqual([
      {
        episode: { type: 'Encounter', id: 'ann-stay' },
        populations: { 'initial-population': true, 'measure-population': true },
        observation: 4,
      },
    ]);
  });

  it('refuses to explain what is not there, without repeating who was asked for', async () => {
    await expect(explainPatient(database.main, { measureId: 'UNBOUND', patientId: 'ann' })).rejects.toThrow(
      'no results of measure UNBOUND',
    );
    const nobody = explainPatient(database.main, { measureId: 'SEEN', patientId: 'eve' });
    await expect(nobody).rejects.toThrow('the warehouse has no patient of this id');
    await expect(nobody).rejects.not.toThrow('eve');
  });
});
