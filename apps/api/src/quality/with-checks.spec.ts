import { Database } from '@catchment/warehouse';
import type { Marts } from '../clinical/marts/marts.service';
import { withChecks } from './with-checks';

describe('published numbers', () => {
  let database: Database;
  beforeEach(async () => {
    database = await Database.open(':memory:');
  });
  afterEach(() => database.close());

  const ask = () =>
    withChecks(() => Promise.resolve('answer'))({ connection: database.main } as unknown as Marts);

  it('from before the checks are not ready to be asked about their quality', async () => {
    await database.main.run('create table quality_source as select 1 as source');
    await expect(ask()).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('known from the next evaluation on') as string,
    });
  });

  it('whose data were checked are', async () => {
    await database.main.run('create table mapping_target (code varchar, display varchar)');
    expect(await ask()).toBe('answer');
  });
});
