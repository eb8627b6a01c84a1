import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { sourceQueue, StoredSecret, type SourceJob } from '@catchment/store';
import { mappingOf, patientsFile } from '../../../../libs/sources/src/csv/extract.fixture';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { ClinicalApi, type Caller } from '../../testing/clinical-api';
import { complaintsAbout } from '../../testing/schema-check';
import type { SourceMappingCheck, SourceRequest, SourceSummary, SqlSource } from '../clinical/contract';

jest.setTimeout(120_000);

const secret = 'a password that nobody sees';

describe('sources of CSV extracts and databases', () => {
  let store: TemporaryStore;
  let api: ClinicalApi;
  let admin: Caller;
  let names = 0;

  beforeAll(async () => {
    store = await openTemporaryStore();
    api = await ClinicalApi.open(store, store.settings);
    admin = await api.as('admin');
  });
  afterAll(async () => {
    await api.application.close();
    await store.close();
  });

  const sql: SqlSource = {
    host: 'db.practice.example',
    port: 5432,
    database: 'emr',
    user: 'reader',
    tls: 'verify',
    authority: null,
    table: 'fhir.resource',
    query: null,
    resourceColumn: 'resource',
    changedColumn: 'changed_at',
    deletedColumn: null,
    removesMissing: false,
    overlapMinutes: 10,
  };
  const requested = (more: Partial<SourceRequest>): SourceRequest => ({
    name: `source ${++names}`,
    cron: null,
    timeZone: null,
    enabled: true,
    evaluateAfter: true,
    fullEveryDays: null,
    ...more,
  });

  async function made(more: Partial<SourceRequest>): Promise<SourceSummary> {
    const answer = await admin.send('post', '/api/sources', {}, requested(more));
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    return answer.body as SourceSummary;
  }

  const path = ({ sourceId }: SourceSummary, rest = ''): string => `/api/sources/${sourceId}${rest}`;

  it('are made as they are described', async () => {
    const database = await made({ sql, cron: '15 2 * * *', timeZone: 'America/Chicago' });
    expect(complaintsAbout(database, 'SourceSummary')).toEqual([]);
    expect(database).toMatchObject({ kind: 'sql', sql, hasPassword: false, mapping: null });
    const extracts = await made({ csv: { path: null } });
    expect(complaintsAbout(extracts, 'SourceSummary')).toEqual([]);
    expect(extracts).toMatchObject({ kind: 'csv', csv: { path: null }, sql: null, mapping: null });
    expect(extracts.dropFolder).toContain(extracts.name);
  });

  it.each<[string, Partial<SourceRequest>, RegExp]>([
    ['two kinds', { sql, csv: { path: null } }, /one of/],
    ['a table and a query', { sql: { ...sql, query: 'select 1' } }, /by a table or a query/],
    ['no TLS to another machine', { sql: { ...sql, tls: 'off' } }, /read with TLS/],
    ['a host that is an address of the web', { sql: { ...sql, host: 'https://db' } }, /the host is a name/],
    ['a port that is none', { sql: { ...sql, port: 0 } }, /port/],
    ['a query that writes', { sql: { ...sql, table: null, query: 'drop table x' } }, /one SELECT/],
    ['a table in quotes', { sql: { ...sql, table: '"a"."b"' } }, /without quotation marks/],
    ['a negative overlap', { sql: { ...sql, overlapMinutes: -1 } }, /overlap/],
    ['a key that is no certificate', { sql: { ...sql, authority: 'PEM' } }, /certificate in PEM/],
    [
      'a certificate that is cut off',
      { sql: { ...sql, authority: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' } },
      /certificate in PEM/,
    ],
    ['a folder that nobody allowed', { csv: { path: '/etc' } }, /SOURCE_FOLDERS/],
  ])('are refused with %s', async (_what, more, complaint) => {
    const answer = await admin.send('post', '/api/sources', {}, requested(more));
    expect({ status: answer.status, text: answer.text }).toEqual({
      status: 400,
      text: expect.stringMatching(complaint) as unknown,
    });
  });

  it('keep a password that no answer holds, for one server only', async () => {
    const source = await made({ sql });
    const given = await admin.send('put', path(source, '/password'), {}, { password: secret });
    expect(given.body).toMatchObject({ hasPassword: true });
    const answers = [given.text, (await admin.send('get', '/api/sources')).text];
    const request = { ...requested({ sql: { ...sql, table: 'fhir.other' } }), name: source.name };
    const changed = await admin.send('put', path(source), {}, request);
    // What is read there changed, not who is asked.
    expect(changed.body).toMatchObject({ hasPassword: true });
    answers.push(changed.text, (await admin.send('post', path(source, '/test'), {}, {})).text);
    expect(answers.join('')).not.toContain(secret);
    const elsewhere = { ...request, sql: { ...sql, host: 'elsewhere.example' } };
    expect((await admin.send('put', path(source), {}, elsewhere)).body).toMatchObject({
      hasPassword: false,
    });
    expect(
      await store.dataSource
        .getRepository(StoredSecret)
        .countBy({ name: `source-password:${source.sourceId}` }),
    ).toBe(0);
    const audit: unknown = await store.dataSource.query('select detail from catchment.audit_event');
    expect(JSON.stringify(audit)).not.toContain(secret);
  });

  it('stay where they are when their password cannot be forgotten', async () => {
    const source = await made({ sql });
    await admin.send('put', path(source, '/password'), {}, { password: secret });
    await store.dataSource.query(`
      create function catchment.refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end';
      create trigger refuse before delete on catchment.stored_secret execute function catchment.refuse()`);
    try {
      const elsewhere = { ...requested({ sql: { ...sql, host: 'elsewhere.example' } }), name: source.name };
      expect((await admin.send('put', path(source), {}, elsewhere)).status).toBe(500);
      expect((await admin.send('get', path(source))).body).toMatchObject({ sql, hasPassword: true });
    } finally {
      await store.dataSource.query('drop function catchment.refuse cascade');
    }
  });

  it('are pulled with a loss allowed once, where whole reads take away', async () => {
    const body = { allowsLoss: true };
    for (const more of [{ sql }, { csv: { path: null } }]) {
      const source = await made(more);
      const refused = await admin.send('post', path(source, '/runs'), {}, body);
      expect({ status: refused.status, text: refused.text }).toEqual({
        status: 400,
        text: expect.stringContaining('a loss is allowed to a database') as unknown,
      });
    }
    const source = await made({ sql: { ...sql, removesMissing: true } });
    expect((await admin.send('post', path(source, '/runs'), {}, body)).status).toBe(202);
    const queue = api.application.get<Queue<SourceJob>>(getQueueToken(sourceQueue), { strict: false });
    const jobs = await queue.getJobs(['waiting', 'delayed', 'prioritized', 'active']);
    expect(jobs.map(({ data }) => data)).toContainEqual({
      sourceId: source.sourceId,
      startedBy: 'admin@demo.example',
      allowsLoss: true,
    });
    const audited: unknown = await store.dataSource.query(
      `select detail ->> 'allowsLoss' as allowed from catchment.audit_event
       where action = 'start-pull' and object_id = $1`,
      [source.sourceId],
    );
    expect(audited).toEqual([{ allowed: 'true' }]);
  });

  it('are for administrators', async () => {
    const source = await made({ csv: { path: null } });
    const body = { fileName: 'mapping.yaml', text: mappingOf() };
    for (const role of ['manager', 'quality', 'coordinator'] as const) {
      const other = await api.as(role);
      for (const [method, rest] of [
        ['put', '/mapping'],
        ['post', '/mapping/check'],
        ['put', '/password'],
      ] as const)
        expect(
          (await other.send(method, path(source, rest), {}, rest === '/password' ? { password: 'x' } : body))
            .status,
        ).toBe(403);
      expect((await other.send('get', path(source, '/mapping'))).status).toBe(403);
    }
  });

  it('have a mapping that is tried with the files that wait, and kept as versions', async () => {
    const source = await made({ csv: { path: null } });
    const body = (text: string) => ({ fileName: 'mapping.yaml', text });
    const check = async (text: string): Promise<SourceMappingCheck> => {
      const answer = await admin.send('post', path(source, '/mapping/check'), {}, body(text));
      expect({
        status: answer.status,
        complaints: complaintsAbout(answer.body, 'SourceMappingCheck'),
      }).toEqual({
        status: 200,
        complaints: [],
      });
      return answer.body as SourceMappingCheck;
    };
    expect((await admin.send('get', path(source, '/mapping'))).status).toBe(404);
    expect(await check('tables: {}')).toMatchObject({
      faults: expect.arrayContaining([expect.stringMatching(/^version/)]) as unknown,
      files: [],
    });
    expect(await check(mappingOf())).toMatchObject({ faults: [], files: [], tables: [] });

    const folder = source.dropFolder!;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/patients.csv`, patientsFile('1,Secretname,1958-03-14,F', '2,Ben,14.3.1958,M'));
    writeFileSync(`${folder}/other.csv`, 'a\n');
    const found = await check(mappingOf());
    expect(found).toMatchObject({
      refused: null,
      tables: [{ table: 'patients', resourceType: 'Patient', rows: 2, resources: 1, setAside: 1 }],
      setAside: ['patients.csv, BORN: its value is no date in any of the formats (line 3)'],
      unknown: ['other.csv'],
      isPartial: false,
    });
    expect(JSON.stringify(found)).not.toMatch(/Secretname|1958/);
    expect(await check(mappingOf().replace('NAME', 'FAMILY'))).toMatchObject({
      refused: expect.stringMatching(/lacks the columns FAMILY; it has ID, NAME, BORN, SEX/) as unknown,
      tables: [],
    });
    // Nothing was moved or left behind.
    expect(readdirSync(folder).sort()).toEqual(['done', 'other.csv', 'patients.csv', 'refused']);
    expect(readdirSync(`${store.settings.dataDir}/exports`)).toEqual([]);

    const kept = await admin.send('put', path(source, '/mapping'), {}, body(mappingOf()));
    expect(kept.body).toMatchObject({ mapping: { version: 1, fileName: 'mapping.yaml' } });
    expect((await admin.send('put', path(source, '/mapping'), {}, body('version: 1'))).status).toBe(422);
    await admin.send('put', path(source, '/mapping'), {}, body(mappingOf({ whole: 'extract: changes' })));
    const held = await admin.send('get', path(source, '/mapping'));
    expect(complaintsAbout(held.body, 'SourceMappingText')).toEqual([]);
    expect(held.body).toMatchObject({ version: 2, text: mappingOf({ whole: 'extract: changes' }) });
  });
});
