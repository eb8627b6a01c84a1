import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store';
import { AuditEvent, Target, WorklistEvent, WorklistItem, migrate } from '.';
import { connectionOptions } from './postgres/connection-url';

describe('the operational database', () => {
  let store: TemporaryStore;

  beforeAll(async () => {
    store = await openTemporaryStore();
  });

  afterAll(() => store.close());

  it('has exactly the tables that the entities describe once the migrations ran', async () => {
    const { upQueries } = await store.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('is brought up to date by several processes at once without a quarrel', async () => {
    await Promise.all([migrate(store.url), migrate(store.url), migrate(store.url)]);
    const [{ count }] = await store.dataSource.query<[{ count: string }]>(
      'select count(*) as count from catchment.migration',
    );
    expect(Number(count)).toBe(store.dataSource.migrations.length);
  });

  it('can take its migrations back and run them again', async () => {
    for (let i = 0; i < store.dataSource.migrations.length; i++) await store.dataSource.undoLastMigration();
    const left = await store.dataSource.query<{ table_name: string }[]>(
      `select table_name from information_schema.tables where table_schema = 'catchment'`,
    );
    expect(left).toEqual([{ table_name: 'migration' }]);
    await store.dataSource.runMigrations();
  });

  it('refuses to change or delete what the audit trail holds', async () => {
    const audit = store.dataSource.getRepository(AuditEvent);
    await audit.insert({ actor: 'someone@example.org', action: 'sign-in' });
    await expect(audit.update({ action: 'sign-in' }, { actor: 'nobody' })).rejects.toThrow(
      'only ever added to',
    );
    await expect(audit.delete({ action: 'sign-in' })).rejects.toThrow('only ever added to');
    await expect(audit.clear()).rejects.toThrow('only ever added to');
    expect(await audit.countBy({ actor: 'someone@example.org' })).toBe(1);
  });

  it('keeps one target a measure, group and site, and only rates', async () => {
    const targets = store.dataSource.getRepository(Target);
    const target = { measureId: 'glycemic', groupId: 'g1', value: '0.75', setBy: 'someone@example.org' };
    // Copies: TypeORM writes the new id into what it inserts.
    await targets.insert({ ...target });
    await expect(targets.insert({ ...target })).rejects.toThrow(/duplicate key.*UQ_/);
    await targets.insert({ ...target, siteId: 'north' });
    await expect(targets.insert({ ...target, siteId: 'south', value: '1.5' })).rejects.toThrow(
      /target_value_is_a_rate/,
    );
    expect((await targets.findOneByOrFail({ siteId: '' })).value).toBe('0.750000');
  });

  it('keeps dates of the worklist as plain days', async () => {
    const items = store.dataSource.getRepository(WorklistItem);
    await items.save({ patientId: 'p1', measureId: 'm', groupId: 'g', nextActionDate: '2026-03-29' });
    const item = await items.findOneByOrFail({ patientId: 'p1' });
    expect([item.nextActionDate, item.workStatus, item.version]).toEqual(['2026-03-29', 'new', 1]);
  });

  it('knows until when a gap is snoozed and why it was declined, or takes neither', async () => {
    const items = store.dataSource.getRepository(WorklistItem);
    const place = { patientId: 'p2', measureId: 'm', groupId: 'g' };
    await expect(items.insert({ ...place, workStatus: 'snoozed' })).rejects.toThrow(/snoozed_until/);
    await expect(items.insert({ ...place, snoozeUntil: '2026-03-29' })).rejects.toThrow(/snoozed_until/);
    await expect(items.insert({ ...place, workStatus: 'declined' })).rejects.toThrow(/declined_for/);
    await items.insert({ ...place, workStatus: 'declined', declineReason: 'afraid of it' });
  });

  it('refuses to change or delete what the log of a worklist item holds', async () => {
    const item = await store.dataSource.getRepository(WorklistItem).findOneByOrFail({ patientId: 'p1' });
    const events = store.dataSource.getRepository(WorklistEvent);
    await events.insert({ item, by: 'somebody', kind: 'note', workStatus: 'new', note: 'called' });
    await expect(events.update({ by: 'somebody' }, { note: 'did not call' })).rejects.toThrow(
      /only ever added/,
    );
    await expect(events.delete({ by: 'somebody' })).rejects.toThrow(/only ever added/);
    await expect(store.dataSource.getRepository(WorklistItem).delete({ id: item.id })).rejects.toThrow(
      /only ever added/,
    );
  });
});

describe('the address of the database', () => {
  it('does not repeat an address that it cannot read, which may hold a password', () => {
    expect(() => connectionOptions('mysql://me:secret@host/x')).toThrow(/DATABASE_URL must look like/);
    expect(() => connectionOptions('mysql://me:secret@host/x')).not.toThrow(/secret/);
  });
});
