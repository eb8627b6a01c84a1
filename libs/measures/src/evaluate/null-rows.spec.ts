import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPaths } from '@catchment/ingest';
import { openWarehouse, type Database } from '@catchment/warehouse';
import { importPackages } from '../packages';
import { evaluateRun } from './evaluate-run';

/** CQL 1.5, 20.8 Exists and 21.4 Count: elements that are null do not count; Max of nulls only is null. */
const library = `library Nulls version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Values": [Observation] O return all (O.value as FHIR.integer).value
define "Observed": exists [Observation]
define "Valued": exists ([Observation] O return (O.value as FHIR.integer).value) and exists "Values"
define "Without": Count("Values") = 0 and Max("Values") is null`;

const measure = {
  resourceType: 'Measure',
  id: 'NULLS',
  url: 'http://example.org/Measure/NULLS',
  version: '1.0.0',
  status: 'draft',
  library: ['http://example.org/Library/Nulls'],
  scoring: { coding: [{ code: 'proportion' }] },
  group: [
    {
      id: 'G',
      population: Object.entries({
        'initial-population': 'Observed',
        denominator: 'Observed',
        numerator: 'Valued',
        'denominator-exception': 'Without',
      }).map(([code, expression]) => ({
        id: code,
        code: { coding: [{ code }] },
        criteria: { language: 'text/cql-identifier', expression },
      })),
    },
  ],
};

const observation = (patient: string, id: string, more: object): object => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'count' },
  subject: { reference: `Patient/${patient}` },
  ...more,
});

describe('rows that are null', () => {
  let folder: string;
  let database: Database;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-nulls-'));
    const content = mkdtempSync(join(folder, 'content-'));
    writeFileSync(join(content, 'Nulls.cql'), library);
    writeFileSync(join(content, 'measure.json'), JSON.stringify(measure));
    database = await openWarehouse(folder);
    const connect = async (): Promise<Database['main']> => Promise.resolve(database.main);
    await importPackages({ dataDir: folder, paths: [content], connect });
  }, 120_000);
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  async function load(name: string, resources: readonly object[]): Promise<void> {
    const path = join(folder, name);
    writeFileSync(path, resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
    await loadPaths({ connection: database.main, dataDir: folder, paths: [path] });
  }

  async function numerator(pruning: boolean): Promise<unknown> {
    const { measures } = await evaluateRun({
      connection: database.main,
      dataDir: folder,
      measureIds: 'all',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      runId: 'run-1',
      dataAsOf: '2026-11-01T00:00:00.000Z',
      pruning,
    });
    return measures;
  }

  const expected = (numerator: number, exception: number): object[] => [
    { groups: [{ populations: { denominator: 2, numerator, 'denominator-exception': exception } }] },
  ];

  it('do not count, whether all rows are null or some; with and without pruning', async () => {
    await load('without.ndjson', [
      { resourceType: 'Patient', id: 'p' },
      { resourceType: 'Patient', id: 'q' },
      { resourceType: 'Patient', id: 'r' },
      observation('p', 'p1', {}),
      observation('q', 'q1', {}),
      observation('q', 'q2', { valueString: 'some' }),
    ]);
    // The first run makes the tables hold what is asked for; the second knows that no integer is there.
    expect(await numerator(false)).toMatchObject(expected(0, 2));
    expect(await numerator(true)).toMatchObject(expected(0, 2));
    await load('with.ndjson', [observation('q', 'q3', { valueInteger: 7 })]);
    expect(await numerator(true)).toMatchObject(expected(1, 1));
    expect(await numerator(false)).toMatchObject(expected(1, 1));
  });
});
