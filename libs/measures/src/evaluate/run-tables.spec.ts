import type { Program, Statement } from '@catchment/cql';
import { Database, type Connection } from '@catchment/warehouse';
import { RunTables } from './run-tables';

/** A statement that counts how often it was run, in `made`. */
const statement = (name: string, value: number): Statement => ({
  name,
  sql: `create temp table "${name}" as select ${value} as value, nextval('made') as n`,
  fingerprint: `${name} ${value}`,
});

const program = (...statements: Statement[]): Program => ({ statements }) as unknown as Program;

describe('the tables of a run', () => {
  let database: Database;
  let connection: Connection;
  beforeEach(async () => {
    database = await Database.open(':memory:');
    connection = database.main;
    await connection.run('create temp sequence made start 1');
  });
  afterEach(() => database.close());

  const read = (name: string): Promise<{ value: number; n: number }[]> =>
    connection.rows(`select value, n::integer as n from temp."${name}"`);
  const tables = async (): Promise<string[]> =>
    (
      await connection.rows<{ name: string }>(
        `select table_name as name from duckdb_tables() where temporary order by name`,
      )
    ).map(({ name }) => name);

  it('are made once while programs to come have the same statement', async () => {
    const [first, second, third] = [
      program(statement('shared', 1), statement('own', 2)),
      program(statement('shared', 1)),
      program(statement('late', 3)),
    ];
    const run = new RunTables(connection, [first, second, third]);
    for (const each of first.statements) await run.make(each);
    await run.release(first);
    expect(await tables()).toEqual(['shared']);
    await run.make(second.statements[0]!);
    expect(await read('shared')).toEqual([{ value: 1, n: 1 }]);
    await run.release(second);
    expect(await tables()).toEqual([]);
  });

  it('of one name and other content replace each other', async () => {
    const programs = [1, 2, 1].map((value) => program(statement('same name', value)));
    const run = new RunTables(connection, programs);
    const values: unknown[] = [];
    for (const each of programs) {
      await run.make(each.statements[0]!);
      values.push(...(await read('same name')));
      await run.release(each);
    }
    expect(values).toEqual([
      { value: 1, n: 1 },
      { value: 2, n: 2 },
      { value: 1, n: 3 },
    ]);
    expect(await tables()).toEqual([]);
  });

  it('keep who could not be evaluated for them', async () => {
    const failing: Statement = {
      name: 'failing',
      sql: `create temp table failing as select cql_failed(7, 'Library.Define', 'several') as failed`,
      fingerprint: 'failing',
    };
    const programs = [program(failing), program(failing)];
    const run = new RunTables(connection, programs);
    const failures = [{ pid: 7, define: 'Library.Define', reason: 'several' }];
    expect(await run.make(failing)).toEqual(failures);
    await run.release(programs[0]!);
    expect(await run.make(failing)).toEqual(failures);
  });

  it('that could not be made do not stand', async () => {
    const broken: Statement = {
      name: 'broken',
      sql: 'create temp table broken as select nothing',
      fingerprint: 'b',
    };
    const run = new RunTables(connection, [program(broken), program(broken)]);
    await expect(run.make(broken)).rejects.toThrow('nothing');
    await expect(run.make(broken)).rejects.toThrow('nothing');
    await run.release(program(broken));
    await run.make(statement('left', 1));
    await run.clear();
    expect(await tables()).toEqual([]);
  });
});
