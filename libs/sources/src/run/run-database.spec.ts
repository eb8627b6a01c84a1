import { Client } from 'pg';
import { openTemporaryStore, type TemporaryStore } from '../../../store/testing/temporary-store';
import { connectionOptions } from '../../../store/src/postgres/connection-url';
import { LoadBench } from '../../../ingest/src/warehouse.fixture';
import { readWarehouseContent } from '@catchment/warehouse';
import { Source, SourceRun, type SqlConfiguration } from '@catchment/store';
import { InstantPacing } from '../bulk/pacing.fixture';
import { removeSource } from '../definition/source-keys';
import { hasPassword, keepPassword } from '../sql/sql-password';
import { runSource } from './run-source';
import { testSource } from './test-source';

jest.setTimeout(120_000);

const started = '2026-11-27T07:00:00Z';

/** The source is a schema of the same real PostgreSQL server that keeps the runs. */
describe('a run of a database source', () => {
  let store: TemporaryStore;
  let bench: LoadBench;
  let client: Client;
  let source: Source;
  let configuration: SqlConfiguration;
  let password: string;
  let jobs = 0;

  beforeAll(async () => {
    store = await openTemporaryStore();
    client = new Client({ connectionString: store.url });
    await client.connect();
    const connection = connectionOptions(store.url) as {
      host: string;
      port: number;
      user: string;
      database: string;
      password?: string;
    };
    password = connection.password ?? 'not asked for';
    configuration = {
      kind: 'sql',
      host: connection.host,
      port: Number(connection.port),
      database: connection.database,
      user: connection.user,
      tls: 'off',
      authority: null,
      relation: { table: 'emr.resource' },
      resourceColumn: 'content',
      changedColumn: 'changed_at',
      deletedColumn: 'gone',
      removesMissing: false,
      overlapMinutes: 10,
    };
  });
  afterAll(async () => {
    await client.end();
    await store.close();
  });
  beforeEach(async () => {
    bench = await new LoadBench().open();
    await client.query(`drop schema if exists emr cascade; create schema emr;
      create table emr.resource (
        id text primary key, content jsonb, changed_at timestamptz default '2026-11-01', gone boolean
      )`);
    source = await make(configuration);
  });
  afterEach(() => bench.close());

  const sources = () => store.dataSource.getRepository(Source);
  const now = () => sources().findOneByOrFail({ id: source.id });

  async function make(configured: SqlConfiguration): Promise<Source> {
    const made = await sources().save({
      name: `database ${++jobs}`,
      configuration: configured,
      createdBy: 'admin@example.org',
    });
    await keepPassword(store, made.id, password);
    return made;
  }

  async function put(id: string, changedAt: string, more: object = {}, gone = false): Promise<void> {
    await client.query(
      `insert into emr.resource values ($1, $2, $3, $4)
       on conflict (id) do update set content = excluded.content, changed_at = excluded.changed_at, gone = excluded.gone`,
      [id, JSON.stringify({ resourceType: 'Patient', id, ...more }), changedAt, gone],
    );
  }

  const surroundings = () => ({
    store,
    settings: { dataDir: bench.dataDir, port: 0 },
    dataDir: bench.dataDir,
    pacing: new InstantPacing(started),
    useWarehouse: <T>(work: (connection: typeof bench.database.main) => Promise<T>) =>
      work(bench.database.main),
    demand: {},
  });

  const run = ({ lastAttempt = true, allowsLoss = false } = {}): Promise<SourceRun | undefined> =>
    runSource(
      { sourceId: source.id, jobId: `job ${++jobs}`, startedBy: 'schedule', queuedAt: new Date(started) },
      { ...surroundings(), allowsLoss },
      { lastAttempt, comesAgain: false },
    );

  const failed = async (): Promise<SourceRun> => {
    await expect(run()).rejects.toThrow();
    return store.dataSource.getRepository(SourceRun).findOneByOrFail({ jobId: `job ${jobs}` });
  };

  const held = async (): Promise<string[]> =>
    (await bench.rows('select id from registry.resource order by id')).map(({ id }) => String(id));

  it('reads everything, then what changed, with what was committed late', async () => {
    await put('a', '2026-11-01T08:00:00Z');
    await put('b', '2026-11-02T08:00:00.123456Z');
    expect(await run()).toMatchObject({
      state: 'succeeded',
      since: null,
      counts: { loaded: { Patient: 2 } },
    });
    expect(await now()).toMatchObject({
      watermark: '2026-11-02 08:00:00.123456+00',
      lastFullAt: new Date(started),
    });
    await put('a', '2026-11-03T08:00:00Z', { birthDate: '1958-03-14' });
    // Its transaction began before the newest one that was read.
    await put('late', '2026-11-02T07:55:00Z');
    await put('too-late', '2026-11-02T07:45:00Z');
    expect(await run()).toMatchObject({
      since: '2026-11-02 08:00:00.123456+00',
      counts: { loaded: { Patient: 2 }, unchanged: 1 },
    });
    expect(await held()).toEqual(['a', 'b', 'late']);
    const content = await readWarehouseContent(bench.database.main);
    expect(await run()).toMatchObject({ state: 'succeeded', counts: { loaded: {}, unchanged: 1 } });
    expect(await readWarehouseContent(bench.database.main)).toEqual(content);
  });

  it('by changes holds the same as a whole read', async () => {
    await put('a', '2026-11-01T08:00:00Z');
    await put('b', '2026-11-02T08:00:00Z');
    await run();
    await put('b', '2026-11-04T08:00:00Z', {}, true);
    await put('c', '2026-11-05T08:00:00Z', { gender: 'female' });
    expect(await run()).toMatchObject({ counts: { loaded: { Patient: 1 }, deleted: 1 } });
    const other = await new LoadBench().open();
    const byChanges = await readWarehouseContent(bench.database.main);
    const changesBench = bench;
    bench = other;
    await sources().update(source.id, { watermark: null });
    await run();
    const whole = await readWarehouseContent(other.database.main);
    changesBench.close();
    expect(whole.resources).toEqual(byChanges.resources);
  });

  it.each(['infinity', '9999-12-31'])('passes nothing over after a row that changes at %s', async (never) => {
    await put('a', '2026-11-01T08:00:00Z');
    await put('open', never);
    await run();
    expect((await now()).watermark).toMatch(/^2026-11-01/);
    await put('b', '2026-11-02T08:00:00Z');
    expect(await run()).toMatchObject({
      since: expect.anything() as unknown,
      counts: { loaded: { Patient: 1 } },
    });
    expect(await held()).toEqual(['a', 'b', 'open']);
  });

  it('takes away what a whole read does not have, where it is to', async () => {
    for (let n = 0; n < 30; n++) await put(`p${n}`, '2026-11-01T08:00:00Z');
    source = await make({ ...configuration, changedColumn: null, removesMissing: true });
    await run();
    await client.query(`delete from emr.resource where id in ('p1', 'p2')`);
    expect(await run()).toMatchObject({ state: 'succeeded', counts: { deleted: 2, unchanged: 28 } });
    await client.query(`delete from emr.resource where id <> 'p0'`);
    expect((await failed()).error).toMatch(
      /27 of the 28 resources.*start the pull once more and allow the loss/,
    );
    expect(await held()).toHaveLength(28);
    // A resource without an id may be any of those that are missing.
    await client.query(`insert into emr.resource values ('x', '{"resourceType": "Patient"}')`);
    expect(await run()).toMatchObject({
      counts: { deleted: 0 },
      findings: [{ code: 'gone-unknown' }, { code: 'quarantined' }],
    });
  });

  it('takes away more than is usual when somebody allows it, for this one run', async () => {
    const shrinkTo = (count: number) => client.query(`delete from emr.resource where id >= 'p${count}'`);
    for (let n = 10; n < 60; n++) await put(`p${n}`, '2026-11-01T08:00:00Z');
    source = await make({ ...configuration, changedColumn: null, removesMissing: true });
    await run();
    await shrinkTo(35);
    expect(await failed()).toMatchObject({ findings: [{ code: 'too-much-gone' }] });
    expect(await run({ allowsLoss: true })).toMatchObject({
      state: 'succeeded',
      counts: { deleted: 25, unchanged: 25 },
      findings: [{ code: 'loss-allowed', text: '25 resources were taken away' }],
    });
    expect(await held()).toHaveLength(25);
    await shrinkTo(20);
    expect((await failed()).error).toMatch(/15 of the 25/);
    // Of nothing at all nobody can allow anything: the table is another one, or may not be read.
    await shrinkTo(10);
    expect(await run({ allowsLoss: true })).toMatchObject({ state: 'incomplete', counts: { deleted: 0 } });
    expect(await held()).toHaveLength(25);
  });

  it('says nothing of an allowed loss where only changes were read', async () => {
    source = await make({ ...configuration, removesMissing: true });
    await put('a', '2026-11-01T08:00:00Z');
    await run();
    expect(await run({ allowsLoss: true })).toMatchObject({
      since: expect.any(String) as unknown,
      findings: [],
    });
  });

  it('takes a whole read of nothing for a mistake', async () => {
    expect(await run()).toMatchObject({
      state: 'incomplete',
      findings: [{ code: 'no-rows', severity: 'error' }],
    });
    expect((await now()).watermark).toBeNull();
  });

  it('sets aside what is no resource, and tells only how many', async () => {
    await put('a', '2026-11-01T08:00:00Z');
    await client.query(`insert into emr.resource (id, content, gone) values
      ('n', null, null), ('s', '"Anna"', null), ('d', '{"name": "Anna"}', true),
      ('l', jsonb_build_object('resourceType', 'Patient', 'id', 'l', 'text', repeat('x', 8100000)), null)`);
    const ended = await run();
    expect(ended).toMatchObject({ state: 'succeeded', counts: { loaded: { Patient: 1 }, quarantined: 4 } });
    expect(ended!.findings.map(({ text }) => text)).toEqual([
      '1 row: the resource has more than 8 MB',
      '1 row: the column of resources is empty',
      '1 row: deleted, without resourceType and id in the column of resources',
      expect.stringMatching(/^1 resources: /),
    ]);
    expect(JSON.stringify(ended!.findings)).not.toContain('Anna');
  });

  it('keeps the text of json as it is, over several lines too', async () => {
    await client.query(`alter table emr.resource alter content type json;
      insert into emr.resource values ('a', '{\n "resourceType": "Patient",\n "id": "a",\n "multipleBirthInteger": 2\n}')`);
    expect(await run()).toMatchObject({ counts: { loaded: { Patient: 1 }, quarantined: 0 } });
  });

  it.each<[string, Partial<SqlConfiguration>, RegExp]>([
    ['a query', { relation: { query: `select * from emr.resource where id <> 'b' -- all others` } }, /^$/],
    [
      'two statements',
      { relation: { query: 'select * from emr.resource; drop table emr.resource' } },
      /refuses the statement \(42601\)/,
    ],
    [
      'a way out of its parentheses',
      { relation: { query: 'select * from emr.resource) as s; drop table emr.resource; --' } },
      /42601|syntax/,
    ],
    [
      'a writing query',
      { relation: { query: 'with gone as (delete from emr.resource returning *) select * from gone' } },
      /refuses the statement/,
    ],
    [
      'a function that writes',
      { relation: { query: `select nextval('emr.number'), r.* from emr.resource as r` } },
      /writes: only reading/,
    ],
    ['no query', { relation: { query: 'delete from emr.resource' } }, /one SELECT statement/],
    ['a table that is none', { relation: { table: 'emr.nothing' } }, /42P01.*does not exist/],
    [
      'a column that is none',
      { resourceColumn: 'json' },
      /no column "json"; there are id, content, changed_at, gone/,
    ],
    ['a column that is no JSON', { resourceColumn: 'changed_at' }, /none of json, jsonb, text/],
    ['a change that is none', { changedColumn: 'id' }, /has to grow with every change/],
    ['a deletion that is none', { deletedColumn: 'id' }, /no boolean/],
    [
      'a value that breaks',
      { relation: { query: `select id, ('{' || id)::jsonb as content, changed_at, gone from emr.resource` } },
      /value of a row \(22P02\)/,
    ],
    ['a server that is not there', { host: '127.0.0.1', port: 1 }, /cannot be reached \(ECONNREFUSED\)/],
    [
      'a host that is not there',
      { host: 'nowhere.invalid', tls: 'verify' },
      /no server of this name|cannot be reached/,
    ],
    ['a database that is not there', { database: 'nothing' }, /no database of this name/],
  ])('with %s', async (_what, change, complaint) => {
    await client.query('create sequence emr.number');
    await put('anna', '2026-11-01T08:00:00Z');
    source = await make({ ...configuration, ...change });
    if (complaint.test('')) {
      expect(await run()).toMatchObject({ state: 'succeeded', counts: { loaded: { Patient: 1 } } });
      return;
    }
    const { state, error } = await failed();
    expect({ state, error }).toEqual({ state: 'failed', error: expect.stringMatching(complaint) as unknown });
    expect(error).not.toMatch(/anna/);
    expect((await client.query('select 1 from emr.resource')).rowCount).toBe(1);
    expect(await held()).toEqual([]);
  });

  it('is tried by its test, and says which columns there are', async () => {
    await put('a', '2026-11-01T08:00:00Z');
    const steps = () => testSource(source, surroundings());
    expect(await steps()).toEqual([
      {
        name: 'database',
        ok: true,
        detail: expect.stringMatching(/PostgreSQL \d+.*not encrypted/) as unknown,
      },
      {
        name: 'statement',
        ok: true,
        detail: expect.stringMatching(/id, content, changed_at, gone; there are rows/) as unknown,
      },
    ]);
    source = await make({ ...configuration, relation: { table: 'emr.nothing' } });
    expect(await steps()).toMatchObject([{ ok: true }, { name: 'statement', ok: false }]);
    source = await make({ ...configuration, host: '127.0.0.1', port: 1 });
    expect(await steps()).toMatchObject([{ name: 'database', ok: false }]);
  });

  it('leaves no password when its source is removed', async () => {
    expect(await hasPassword(store, source.id)).toBe(true);
    await removeSource(store, source.id);
    expect(await hasPassword(store, source.id)).toBe(false);
  });
});
