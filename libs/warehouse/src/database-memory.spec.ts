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

  it('does again with one thread what had too little memory with several, and no other work', async () => {
    const database = await Database.open(':memory:', { threads: 2 });
    const threads = async (): Promise<number> =>
      (await database.main.first<{ n: number }>(`select current_setting('threads')::integer as n`))!.n;
    const tried: number[] = [];
    const failing = (message: string) => async (): Promise<string> => {
      tried.push(await threads());
      if (tried.length === 1) throw new Error(message);
      return 'done';
    };
    try {
      expect(await database.main.retryWithOneThread(failing('Out of Memory Error: no block'))).toBe('done');
      expect(tried).toEqual([2, 1]);
      expect(await threads()).toBe(2);
      tried.length = 0;
      await expect(database.main.retryWithOneThread(failing('Binder Error'))).rejects.toThrow('Binder');
      expect(tried).toEqual([2]);
    } finally {
      database.close();
    }
  });
});
