import { Client } from 'pg';
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store';
import { holdExclusively } from './exclusive-hold';

describe('a role that one process at a time has', () => {
  let store: TemporaryStore;

  beforeAll(async () => {
    store = await openTemporaryStore();
  });

  afterAll(() => store.close());

  it('is refused to a second one, and given to it after a release', async () => {
    const first = await holdExclusively(store.url, 'keeper', 0);
    await expect(holdExclusively(store.url, 'keeper', 300)).rejects.toThrow(/another keeper already works/);
    const waiting = holdExclusively(store.url, 'keeper', 10_000);
    await first.release();
    await (await waiting).release();
  });

  it('does not stand in the way of another role', async () => {
    const keeper = await holdExclusively(store.url, 'keeper', 0);
    const porter = await holdExclusively(store.url, 'porter', 0);
    await Promise.all([keeper.release(), porter.release()]);
  });

  it('is lost with the connection, and says so', async () => {
    const hold = await holdExclusively(store.url, 'keeper', 0);
    const admin = new Client({ connectionString: store.url });
    await admin.connect();
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'catchment keeper'`,
    );
    await admin.end();
    await hold.lost;
    await (await holdExclusively(store.url, 'keeper', 5_000)).release();
  });
});
