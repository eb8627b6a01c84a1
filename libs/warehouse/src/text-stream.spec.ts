import { Database } from './database';
import { textStream } from './text-stream';

describe('textStream', () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.open(':memory:');
  });
  afterAll(() => database.close());

  it('yields every line once and in order', async () => {
    let text = '';
    for await (const part of textStream(
      database.main,
      `select range || ';' || $1 from range(5000) order by range`,
      ['ü'],
    )) {
      text += part;
    }
    const lines = text.split('\n');
    expect(lines).toHaveLength(5001);
    expect([lines[0], lines[4999], lines[5000]]).toEqual(['0;ü', '4999;ü', '']);
  });

  it.each([
    ['select null::varchar', 'a line of a text stream is null'],
    ['select 1', 'a text stream reads VARCHAR'],
    [`select 'a', 'b'`, 'a text stream reads one column'],
  ])('refuses %s', async (sql, message) => {
    await expect(textStream(database.main, sql).next()).rejects.toThrow(message);
  });
});
