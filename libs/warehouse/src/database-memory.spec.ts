import { Database } from './database';

describe('memory of a database', () => {
  let database: Database;
  beforeEach(async () => {
    database = await Database.open(':memory:');
  });
  afterEach(() => database.close());

  /** A list of 20 million numbers has to lie in memory as a whole. */
  const demanding = (): Promise<unknown> =>
    database.main.first('select len(list(range)) as n from range(20_000_000)');
  const held = { n: 20_000_000 };
  const little = 100_000_000;

  it('is bounded for a piece of work, and all there again after it', async () => {
    await expect(database.main.withMemory(little, demanding)).rejects.toThrow('Out of Memory');
    expect(await demanding()).toEqual(held);
  });

  it('is all there for work within that says so, or that needs it', async () => {
    await database.main.withMemory(little, async () => {
      expect(await database.main.withAllMemory(demanding)).toEqual(held);
      await expect(demanding()).rejects.toThrow('Out of Memory');
      expect(await database.main.retryWithAllMemory(demanding)).toEqual(held);
      await expect(demanding()).rejects.toThrow('Out of Memory');
    });
  });

  it('is not raised above what the database was opened with', async () => {
    const small = await Database.open(':memory:', { memoryLimit: '64MB' });
    const limit = "select parse_formatted_bytes(current_setting('memory_limit')) < 64_000_001 as small";
    expect(await small.main.withMemory(little, () => small.main.first(limit))).toEqual({ small: true });
    await expect(
      small.main.retryWithAllMemory(() => small.main.run('select list(range) from range(20_000_000)')),
    ).rejects.toThrow('Out of Memory');
    small.close();
  });
});
