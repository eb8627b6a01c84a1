import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPaths } from '@catchment/ingest';
import { openWarehouse, type Database } from '@catchment/warehouse';
import { importPackages } from '../packages';
import { evaluateRun } from './evaluate-run';

/** CQL 1.5, 10.1 Query: without a sort clause the elements of a list stay in its order; equal ones count once. */
const library = `library Ordered version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Days": (expand { Interval[1, 80] }) Day
  return Tuple { n: start of Day, seen: exists ([Observation] O where (O.value as FHIR.integer).value = start of Day) }
define "Doubled": (flatten { (expand { Interval[1, 40] }), (expand { Interval[20, 80] }) }) Day
  return Tuple { n: start of Day, seen: exists ([Observation] O where (O.value as FHIR.integer).value = start of Day) }
define "In Order": not exists ((expand { Interval[1, 80] }) Day where "Days"[start of Day - 1].n != start of Day)
define "Kept First": Count("Doubled") = 80
  and not exists ((expand { Interval[1, 80] }) Day where "Doubled"[start of Day - 1].n != start of Day)`;

const measure = {
  resourceType: 'Measure',
  id: 'ORDERED',
  url: 'http://example.org/Measure/ORDERED',
  version: '1.0.0',
  status: 'draft',
  library: ['http://example.org/Library/Ordered'],
  scoring: { coding: [{ code: 'proportion' }] },
  group: [
    {
      id: 'G',
      population: Object.entries({
        'initial-population': 'In Order',
        denominator: 'In Order',
        numerator: 'Kept First',
      }).map(([code, expression]) => ({
        id: code,
        code: { coding: [{ code }] },
        criteria: { language: 'text/cql-identifier', expression },
      })),
    },
  ],
};

const patients = Array.from({ length: 20 }, (_, index) => `p${index}`);
const resources = patients.flatMap((id, index) => [
  { resourceType: 'Patient', id },
  ...[3, 50, 51 + index].map((valueInteger) => ({
    resourceType: 'Observation',
    id: `${id}-${valueInteger}`,
    status: 'final',
    code: { text: 'day' },
    subject: { reference: `Patient/${id}` },
    valueInteger,
  })),
]);

describe('a query over an ordered list', () => {
  let folder: string;
  let database: Database;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-order-'));
    const content = mkdtempSync(join(folder, 'content-'));
    writeFileSync(join(content, 'Ordered.cql'), library);
    writeFileSync(join(content, 'measure.json'), JSON.stringify(measure));
    const data = join(folder, 'data.ndjson');
    writeFileSync(data, resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
    database = await openWarehouse(folder);
    const connection = database.main;
    await loadPaths({ connection, dataDir: folder, paths: [data] });
    await importPackages({ dataDir: folder, paths: [content], connect: async () => connection });
  }, 120_000);
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  it('keeps its order, and of equal elements the first', async () => {
    const { measures } = await evaluateRun({
      connection: database.main,
      dataDir: folder,
      measureIds: 'all',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      runId: 'run-1',
      dataAsOf: '2026-11-01T00:00:00.000Z',
    });
    expect(measures).toMatchObject([
      { groups: [{ populations: { 'initial-population': 20, denominator: 20, numerator: 20 } }] },
    ]);
  });
});
