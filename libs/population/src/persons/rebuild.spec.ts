import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPaths, rebuildWarehouse } from '@catchment/ingest';
import { openWarehouse, type Connection } from '@catchment/warehouse';
import { modelDemand } from '../demand';
import { defaultIdentityRule } from '../identity/identity-rule';
import { writeDecisions, type IdentityDecision } from '../identity/link-records';
import { matchPersons } from '../identity/match-persons';
import { settlePersons } from './settle-persons';

const demand = Object.fromEntries(['Patient', 'Observation'].map((type) => [type, modelDemand[type]!]));

const patient = (id: string, given: string) => ({
  resourceType: 'Patient',
  id,
  name: [{ family: 'Okafor', given: [given] }],
  gender: 'female',
  birthDate: '1961-04-17',
  telecom: [{ system: 'phone', value: '617-555-8234' }],
});
const lab = (id: string, subject: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: { reference: `Patient/${subject}` },
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  effectiveDateTime: '2026-01-05T09:30:00Z',
  valueQuantity: { value: 9.4, unit: '%' },
});

/** Anneliese is one person of clinic and hospital by comparison; a person decided that Mara of the clinic is Marah. */
const sources: Record<string, object[]> = {
  clinic: [patient('c1', 'Anneliese'), patient('c2', 'Mara'), lab('cl', 'c1')],
  hospital: [patient('h1', 'Anneliese'), patient('h2', 'Marah'), lab('hl', 'h1'), lab('h2l', 'h2')],
};

async function load(dataDir: string, connection: Connection, order: string[]): Promise<void> {
  for (const source of order) {
    const path = join(dataDir, `${source}.ndjson`);
    writeFileSync(path, sources[source]!.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
    await loadPaths({ connection, dataDir, paths: [path], source, demand });
  }
}

/** Who is whom and what counts, without any number. */
function personsOf(connection: Connection): Promise<object[]> {
  return connection.rows(`
    select list_sort(list(record.source || '/' || record.id))::varchar as records,
      (select count(*) from fhir."Patient" as p where p.pid = record.person_pid) as patients,
      (select count(*) from fhir."Observation" as o where o.pid = record.person_pid) as results
    from identity.record as record group by record.person_pid order by records`);
}

describe('persons', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'catchment-persons-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function decide(connection: Connection): Promise<void> {
    const ids = await connection.rows<{ id: string; record_id: string }>(
      'select id, record_id from identity.record',
    );
    const record = (id: string): string => ids.find((row) => row.id === id)!.record_id;
    const decision: IdentityDecision = { left: record('c2'), right: record('h2'), verdict: 'same' };
    await writeDecisions(connection, [decision]);
    await matchPersons(connection, defaultIdentityRule);
    await settlePersons(connection);
  }

  const expected = [
    { records: '[clinic/c1, hospital/h1]', patients: 1, results: 1 },
    { records: '[clinic/c2, hospital/h2]', patients: 1, results: 1 },
  ];

  it('are the same after a rebuild', async () => {
    const before = await openWarehouse(folder);
    await load(folder, before.main, ['clinic', 'hospital']);
    await decide(before.main);
    expect(await personsOf(before.main)).toEqual(expected);
    before.close();
    await rebuildWarehouse({ dataDir: folder, demand });
    const after = await openWarehouse(folder);
    await settlePersons(after.main);
    expect(await personsOf(after.main)).toEqual(expected);
    after.close();
  });

  it('are the same whichever source came first', async () => {
    const { main, close } = await openWarehouse(folder).then((database) => ({
      main: database.main,
      close: () => database.close(),
    }));
    await load(folder, main, ['hospital', 'clinic']);
    await decide(main);
    expect(await personsOf(main)).toEqual(expected);
    close();
  });

  it('keep their results when more of a resource is asked for', async () => {
    const database = await openWarehouse(folder);
    const { main } = database;
    await load(folder, main, ['clinic', 'hospital']);
    await decide(main);
    const more = { Observation: { issued: {} } };
    const path = join(folder, 'more.ndjson');
    writeFileSync(path, `${JSON.stringify(lab('cl2', 'c1'))}\n`);
    // The table is read again from the originals, all rows of all records.
    await loadPaths({ connection: main, dataDir: folder, paths: [path], source: 'clinic', demand: more });
    await settlePersons(main);
    // The clinic states it twice now: two of the clinic stay, the hospital's one is among them.
    expect(await personsOf(main)).toEqual([{ ...expected[0], results: 2 }, expected[1]]);
    database.close();
  });
});
