import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Demand } from '@catchment/fhir';
import {
  deleteResources,
  loadFixture,
  openWarehouse,
  type Connection,
  type Database,
} from '@catchment/warehouse';
import { recordQuality } from './record-quality';
import { recordedMeasure } from './recorded-measure.fixture';

const loinc = 'http://loinc.org';
const canonical = 'http://example.org/ValueSet/pressures';
const leaf = {};
const demand: Demand = {
  Patient: { birthDate: leaf },
  Observation: {
    status: leaf,
    code: leaf,
    effectiveDateTime: leaf,
    valueQuantity: { value: leaf, unit: leaf, code: leaf },
    encounter: { reference: leaf },
    performer: { reference: leaf },
  },
  Encounter: {
    status: leaf,
    type: leaf,
    period: { start: leaf, end: leaf },
    serviceProvider: { reference: leaf },
  },
  Organization: { name: leaf },
};

const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
const person = (id: string): object => ({ resourceType: 'Patient', id, birthDate: '1960-05-05' });
const subject = (patient: string): object => ({ subject: { reference: `Patient/${patient}` } });
const pressure = (id: string, patient: string, more: object = {}): object => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  ...subject(patient),
  code: { coding: [{ system: loinc, code: '8480-6', display: 'Systolic blood pressure' }] },
  effectiveDateTime: '2026-03-01T10:00:00Z',
  valueQuantity: { value: 120, unit: 'mmHg', code: 'mm[Hg]' },
  ...more,
});
const local = {
  code: { coding: [{ system: 'urn:clinic', code: 'SYS', display: 'systolic blood pressure' }] },
};
const visit = (id: string, patient: string, ...types: string[]): object => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  ...subject(patient),
  type: types.map((code) => ({ coding: [{ system: 'urn:clinic', code }] })),
  period: { start: '2026-03-01', end: '2026-03-01' },
});
const at = (reference: string): object => ({ encounter: { reference } });

const everything = [
  ...names.map(person),
  ...names.map((name) => pressure(`bp-${name}`, name)),
  visit('visit-p1', 'p1', 'OFFICE', 'LONG'),
  visit('visit-p2', 'p2', 'OFFICE'),
  pressure('odd-p3', 'p3', { valueQuantity: { value: 900, unit: 'mmHg', code: 'mm[Hg]' } }),
  pressure('twice-p4', 'p4', { effectiveDateTime: '2026-04-01' }),
  pressure('again-p4', 'p4', { effectiveDateTime: '2026-04-01' }),
  pressure('lost-p5', 'p5', at('Encounter/late')),
  pressure('guest-p7', 'p7', at('Encounter/visit-p1')),
  pressure('soon-p8', 'p8', { effectiveDateTime: '2026-06-20T10:00:00Z' }),
  pressure('local-p9', 'p9', local),
  pressure('local-p10', 'p10', { ...local, effectiveDateTime: '2026-02-01' }),
];

/** Of each source and measure what is said, and what it was made from. */
const tables = [
  ...['fault', 'finding', 'source', 'measure', 'measure_input', 'measure_finding', 'unmapped_code'],
  'unmapped_reach',
];

let folder: string;
let database: Database;
let connection: Connection;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'catchment-look-'));
  database = await openWarehouse(folder);
  connection = database.main;
  await connection.run(`insert into terminology.value_set values (1, '${canonical}', '1', 'Pressures', 'imported');
    insert into terminology.value_set_code values (1, '${loinc}', '8480-6'), (1, 'urn:clinic', 'OFFICE')`);
  await loadFixture(connection, everything, demand);
  await connection.run(`insert into terminology.value_set values (2, '${canonical}/v', '1', 'Visits', 'imported');
    insert into terminology.value_set_code values (2, 'urn:clinic', 'OFFICE')`);
  await recordedMeasure(connection, 'BP', [
    { type: 'Observation', name: 'Pressures', canonical },
    { type: 'Encounter', name: 'Visits', canonical: `${canonical}/v` },
  ]);
  await record();
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const record = (dataAsOf = '2026-06-01T00:00:00Z', everybody = false): Promise<void> =>
  recordQuality({ connection, dataAsOf, runId: 'r', measures: [{ measureId: 'BP', demand }], everybody });

async function said(): Promise<Record<string, unknown[]>> {
  const held: Record<string, unknown[]> = {
    code_use: await connection.rows(`select * from quality.code_use where type <> 'Mark' order by all`),
  };
  for (const table of tables)
    held[table] = await connection.rows(`select * from quality.${table} order by all`);
  return held;
}

/** Looks again, and once more at everybody: the same must come out. Who was looked at? */
async function lookAgain(dataAsOf?: string): Promise<string[]> {
  // A trace on every patient who is not looked at.
  await connection.run(`insert into quality.code_use select 'Mark', 0, false, pid, 1 from identity.person`);
  await record(dataAsOf);
  const looked = await connection.rows<{ id: string }>(
    `select id from identity.person
     where pid not in (select pid from quality.code_use where type = 'Mark') order by id`,
  );
  await connection.run(`delete from quality.code_use where type = 'Mark'`);
  const after = await said();
  await record(dataAsOf, true);
  expect(after).toEqual(await said());
  return looked.map(({ id }) => id);
}

const findings = (check: string) =>
  connection.rows<{ affected: number; examples: string[] }>(
    'select affected, examples from quality.finding where check_id = $1',
    [check],
  );

const load = (...resources: object[]): Promise<void> => loadFixture(connection, resources, demand);
const remove = (type: string, id: string): Promise<void> =>
  connection.transaction(async () => {
    await deleteResources(connection, 'fixture', `select '${type}' as type, '${id}' as id`);
    await connection.run('update registry.applied set deletions = deletions + 1');
  });

describe('what was found of patients', () => {
  it('stands where there is no news, at another instant too, but for what lies ahead', async () => {
    expect(await findings('date-in-future')).toEqual([{ affected: 1, examples: ['soon-p8'] }]);
    expect(await lookAgain('2026-07-01T00:00:00Z')).toEqual([]);
    expect(await findings('date-in-future')).toEqual([]);
    expect(await lookAgain('2026-05-01T00:00:00Z')).toEqual([]);
    expect(await findings('date-in-future')).toEqual([{ affected: 1, examples: ['soon-p8'] }]);
  });

  it('is found anew of patients with new and deleted resources', async () => {
    await load(
      pressure('new-p2', 'p2', {
        valueQuantity: { value: 120, unit: 'furlong' },
        effectiveDateTime: undefined,
      }),
      pressure('local-p6', 'p6', local),
    );
    await remove('Observation', 'odd-p3');
    await remove('Observation', 'again-p4');
    expect(await lookAgain()).toEqual(['p2', 'p3', 'p4', 'p6']);
    expect(await findings('unknown-unit')).toEqual([{ affected: 1, examples: ['new-p2'] }]);
    expect(await findings('no-date')).toEqual([{ affected: 1, examples: ['new-p2'] }]);
    expect(await findings('value-out-of-range')).toEqual([]);
    expect(await findings('duplicate')).toEqual([]);
    expect(
      await connection.rows('select code, patients from quality.unmapped_code where code = $1', ['SYS']),
    ).toEqual([{ code: 'SYS', patients: 3 }]);
  });

  it('counts who comes and forgets who goes', async () => {
    await load(person('late'), pressure('bp-late', 'late', local));
    await remove('Patient', 'p9');
    expect(await lookAgain()).toEqual(['late']);
  });

  it('a reference to what was missed is right when it comes, whoever brings it', async () => {
    expect(await findings('reference-to-nobody')).toEqual([{ affected: 1, examples: ['lost-p5'] }]);
    await load(visit('late', 'p6', 'OFFICE'));
    expect(await lookAgain()).toEqual(['p6']);
    expect(await findings('reference-to-nobody')).toEqual([]);
  });

  it("a reference to another patient's resource is wrong when that goes", async () => {
    await remove('Encounter', 'visit-p1');
    expect(await lookAgain()).toEqual(['p1']);
    expect(await findings('reference-to-nobody')).toEqual([
      { affected: 2, examples: ['guest-p7', 'lost-p5'] },
    ]);
  });

  it('a reference to what is nobody’s is right when it comes and wrong when it goes', async () => {
    await load({ ...visit('visit-p11', 'p11', 'OFFICE'), serviceProvider: { reference: 'Organization/o' } });
    expect(await lookAgain()).toEqual(['p11']);
    expect(await findings('reference-to-nobody')).toHaveLength(2);
    await load({ resourceType: 'Organization', id: 'o', name: 'O' });
    expect(await lookAgain()).toEqual([]);
    expect(await findings('reference-to-nobody')).toHaveLength(1);
    await remove('Organization', 'o');
    expect(await lookAgain()).toEqual([]);
    expect(await findings('reference-to-nobody')).toHaveLength(2);
  });

  it('is found of everybody when many have news, and by other checks', async () => {
    await connection.run(`update quality.looked_at set checks = 'others'`);
    await load(person('late'));
    expect(await lookAgain()).toHaveLength(21);
    await load(...names.slice(0, 8).map((name) => pressure(`more-${name}`, name)));
    expect(await lookAgain()).toHaveLength(21);
  });
});
