import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { filesHash, projectRoot } from '@catchment/platform';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import type { CompiledMeasure } from '../compile-measure';
import { explainedDefines } from '../explained-defines';

/** Of the code that runs, wherever it was built to. */
const libs = join(__dirname, '../../../..');

/**
 * Names all that a measure's results are made from except the data of the patients: its SQL, in which period, ELM and
 * what is known of the data have gone, how results are written, value sets and mappings, and resources that are
 * nobody's. Equal names and equal data of a patient, equal results of the patient.
 */
export class MeasureInputs {
  private readonly names = new WeakMap<CompiledMeasure, string>();

  private constructor(
    private readonly shared: string,
    private readonly nobodys: ReadonlyMap<string, string>,
  ) {}

  static async read(connection: Connection): Promise<MeasureInputs> {
    const terms = await connection.first(`select
      (${stateOf('terminology.value_set')}) as value_sets,
      (${stateOf('terminology.current_value_set')}) as meant,
      (${stateOf('terminology.value_set_code')}) as codes,
      (${stateOf('terminology.code_mapping')}) as mappings`);
    const nobodys = await connection.rows<{ type: string; state: string }>(
      `select type, concat_ws(' ', count(*), bit_xor(hash(rid, hash))) as state
       from registry.resource where pid is null group by type`,
    );
    const code = filesHash([
      ...['cql', 'measures', 'terminology', 'warehouse'].map((lib) => join(libs, lib, 'src')),
      join(projectRoot(), 'sql', 'functions'),
      join(projectRoot(), 'package-lock.json'),
    ]);
    return new MeasureInputs(
      JSON.stringify([terms, code]),
      new Map(nobodys.map(({ type, state }) => [type, state])),
    );
  }

  nameOf(measure: CompiledMeasure): string {
    const known = this.names.get(measure);
    if (known !== undefined) return known;
    const name = this.makeName(measure);
    this.names.set(measure, name);
    return name;
  }

  /** Remembers, within the transaction that writes them, what the results of a measure are made from. */
  async record(connection: Connection, measure: CompiledMeasure, patients: string): Promise<void> {
    const { id } = measure.definition;
    await connection.run('delete from results.evaluated where measure_id = $1', [id]);
    await connection.run('insert into results.evaluated values ($1, $2, $3)', [
      id,
      this.nameOf(measure),
      patients,
    ]);
  }

  private makeName(measure: CompiledMeasure): string {
    const { definition, program, demand } = measure;
    const { statements, preparations, codeSets, observations } = program;
    const types = Object.keys(demand).sort();
    return createHash('sha256')
      .update(this.shared)
      .update(JSON.stringify(types.map((type) => [type, this.nobodys.get(type) ?? null])))
      .update(JSON.stringify([definition, statements, preparations, codeSets, [...observations]]))
      .update(JSON.stringify(explainedDefines(measure)))
      .digest('hex');
  }
}

/** By measure, what the results are made from that are of these data. */
export async function recordedInputs(connection: Connection, patients: string): Promise<Map<string, string>> {
  const rows = await connection.rows<{ id: string; inputs: string }>(
    `select measure_id as id, inputs from results.evaluated where patients = ${quoteLiteral(patients)}`,
  );
  return new Map(rows.map(({ id, inputs }) => [id, inputs]));
}

/** SQL: a text that another content of the table changes, in whatever order its rows are. */
function stateOf(table: string): string {
  return `select concat_ws(' ', count(*), sum(hash(content)::hugeint)) from ${table} as content`;
}
