import { tableFromIPC } from 'apache-arrow';
import { Database } from './database';
import { arrowStream } from './arrow';

describe('arrowStream', () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.open(':memory:');
  });
  afterAll(() => database.close());

  async function read(sql: string): Promise<ReturnType<typeof tableFromIPC>> {
    const parts: Uint8Array[] = [];
    for await (const part of arrowStream(database.main, sql)) parts.push(part);
    return tableFromIPC(Buffer.concat(parts));
  }

  it('carries every type and its nulls', async () => {
    const table = await read(`select * from (values
      (true, 1::integer, 10000000000::bigint, 1.5::double, date '2026-02-11', 'grüße 🩺'),
      (null, null, null, null, null, null),
      (false, -1, -1, -0.5, date '1960-01-01', '')) as t(flag, number, large, rate, day, words)`);
    expect(table.toArray().map((row) => (row as { toJSON(): object }).toJSON())).toEqual([
      {
        flag: true,
        number: 1,
        large: 10000000000n,
        rate: 1.5,
        day: Date.UTC(2026, 1, 11),
        words: 'grüße 🩺',
      },
      { flag: null, number: null, large: null, rate: null, day: null, words: null },
      { flag: false, number: -1, large: -1n, rate: -0.5, day: Date.UTC(1960, 0, 1), words: '' },
    ]);
  });

  it('sends the schema of an empty result', async () => {
    const table = await read(`select 1::integer as number, 'a' as words where false`);
    expect(table.numRows).toBe(0);
    expect(table.schema.fields.map((field) => field.name)).toEqual(['number', 'words']);
  });

  it('splits a large result into batches and loses nothing', async () => {
    const table = await read(
      `select range::integer as n, 'row ' || range as words from range(150000) order by 1`,
    );
    expect(table.batches.length).toBe(3);
    const sum = (table.getChild('n')!.toArray() as Int32Array).reduce((total, n) => total + n, 0);
    expect(sum).toBe((150000 * 149999) / 2);
    expect(table.getChild('words')!.get(149999)).toBe('row 149999');
  });

  it('names a column that Arrow cannot take', async () => {
    await expect(read('select [1, 2] as list')).rejects.toThrow('column list of type LIST as Arrow');
  });
});
