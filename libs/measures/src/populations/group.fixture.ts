import type { DefineOutput, ObservationOutput } from '@catchment/cql';
import { Database, type Connection } from '@catchment/warehouse';
import type { GroupDefinition } from '../definition/definition';
import { Place } from '../definition/place';
import { groupStatements } from './group-sql';
import { createPopulationTables } from './result-tables';

/** Results of defines made by hand: `boolean` by pid, `rows` of resources, or `values` that are no resources. */
export type HandMade =
  | { boolean: Record<number, boolean | null> }
  | { rows: [pid: number, rid: number][] }
  | { values: [pid: number, value: string][] };

/** A warehouse that holds nothing but hand-made results of defines of the library `Logic`. */
export class HandMadeResults {
  private readonly outputs = new Map<string, DefineOutput>();
  private readonly observations = new Map<string, ObservationOutput>();

  private constructor(private readonly database: Database) {}

  /** @param patients how many subjects there are, pid 1 and up */
  static async open(patients: number): Promise<HandMadeResults> {
    const database = await Database.open(':memory:');
    await database.main.run(`create schema registry;
      create table registry.subject as select range::integer as pid, 'test' as source, 'p' || range as id
      from range(1, ${patients + 1});
      create view registry.leaver as select pid from registry.subject where false;
      create schema identity; create table identity.link (own_pid integer, pid integer)`);
    await createPopulationTables(database.main);
    return new HandMadeResults(database);
  }

  get connection(): Connection {
    return this.database.main;
  }

  close(): void {
    this.database.close();
  }

  async define(name: string, result: HandMade): Promise<void> {
    const table = `"Logic.${name}"`;
    const of = { library: 'Logic', define: name, table };
    if ('boolean' in result) {
      const rows = Object.entries(result.boolean).map(([pid, value]) => `(${pid}, ${value}::boolean)`);
      await this.connection.run(
        `create temp table ${table} as select * from (values ${rows.join(', ')}) as t(pid, value)`,
      );
      this.outputs.set(name, { ...of, kind: 'boolean', value: 'value' });
    } else if ('values' in result) {
      await this.connection.run(`create temp table ${table} (pid integer, value varchar)`);
      this.outputs.set(name, { ...of, kind: 'rows' });
    } else {
      await this.connection.run(`create temp table ${table} (pid integer, rid bigint)`);
      for (const [pid, rid] of result.rows)
        await this.connection.run(`insert into temp.${table} values ($1, $2)`, [pid, rid]);
      this.outputs.set(name, { ...of, kind: 'rows', rid: 'rid', resourceType: 'Encounter' });
    }
  }

  constant(name: string, value: string): void {
    this.outputs.set(name, { library: 'Logic', define: name, kind: 'constant', value });
  }

  /** @param values by rid */
  async observe(
    observed: string,
    define: string,
    values: [pid: number, rid: number, value: number | null][],
  ): Promise<void> {
    const table = `"Logic.${observed} of ${define}"`;
    await this.connection.run(`create temp table ${table} (pid integer, rid bigint, value integer)`);
    for (const row of values) await this.connection.run(`insert into temp.${table} values ($1, $2, $3)`, row);
    this.observations.set(`${observed} of ${define}`, {
      function: observed,
      define,
      table,
      pid: 'pid',
      rid: 'rid',
      value: 'value',
    });
  }

  async evaluate(group: GroupDefinition): Promise<void> {
    const statements = groupStatements({
      measureId: 'M',
      group,
      place: Place.measure('M').group(group.id),
      defineOutput: (define) => this.outputs.get(define)!,
      observationOutput: (observed, of) => this.observations.get(`${observed} of ${of}`)!,
    });
    for (const sql of statements) await this.connection.run(sql);
  }

  /** Result rows as texts: pid or rid, then the initials of the populations that hold, lower case where they do not. */
  async members(): Promise<string[]> {
    const rows = await this.connection.rows<Record<string, boolean | number | null>>(
      'select * from results.population_result order by pid, episode_rid',
    );
    const letters = {
      D: 'denominator',
      X: 'denominator_exclusion',
      E: 'denominator_exception',
      N: 'numerator',
      Y: 'numerator_exclusion',
      M: 'measure_population',
      Z: 'measure_population_exclusion',
    };
    return rows.map((row) => {
      const flags = Object.entries(letters).flatMap(([letter, column]) => {
        const value = row[column];
        return value === null ? [] : [value ? letter : letter.toLowerCase()];
      });
      return `${row.episode_rid ?? row.pid} ${flags.join('')}`.trim();
    });
  }
}
