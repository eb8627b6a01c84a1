import type { DemandNode } from '@catchment/fhir';
import { Defect } from '@catchment/platform';
import { isOutOfMemory, quoteIdentifier, quoteLiteral, type Connection } from './database';
import { patientDemand, patientExpression, patientPath } from './patient-compartment';
import { shred, type Shred, type ShreddedColumn } from './shred';
import { setUnreadableAside, unreadable } from './unreadable';

/** Resources of one type that arrive together. */
export interface ResourceBatch {
  type: string;
  /** The source system: resource and patient ids are unique within it. */
  source: string;
  /**
   * SQL query of the arrived resources: `file_id INTEGER, line BIGINT, id VARCHAR, json VARCHAR, subject VARCHAR`.
   * `subject`, when not null, is the key of the patient in place of the one that the resource names.
   */
  relation: string;
  /** All files of this load, in the order that decides between contents of one id. */
  fileIds: readonly number[];
  /** May resources of this batch replace or repeat each other by id? Conformance cases reuse ids: no. */
  identified: boolean;
  /** Has the warehouse none of these ids, as is known already? */
  fresh?: boolean;
  /** Are these several contents of each id, of which one is to be stored? Else no id comes twice. */
  versions?: boolean;
  /** The same resources in a form that is read at half the cost; tried first. */
  ndjson?: NdjsonForm;
}

/** NDJSON files whose lines, one file after the other, are exactly the resources of a batch. */
export interface NdjsonForm {
  files: string[];
  /** SQL query: `n BIGINT` (place among the lines, from 0), `file_id INTEGER, line BIGINT, id VARCHAR, hash UBIGINT`. */
  places: string;
  /** Has `places` a column `subject`, as the relation has? */
  withSubjects?: boolean;
  /** Bytes of the longest line. */
  longestLine: number;
}

export type LoadShred = Shred & { patient: string };

/** Typed resources, one row each: a column per element, `.` before its name, and `@id`, `@patient`, `@lastUpdated`. */
export const incoming = 'temp.incoming_resource';
/** What identifies them: `n` (rowid of `incoming`), `file_id, line, id, hash, same, last_updated, patient, pid`. */
export const arrived = 'temp.arrived_resource';

/** How resources of a type are read and typed, with what the loader needs of every resource. */
export function shredForLoad(type: string, demand: DemandNode): LoadShred {
  const path = patientPath(type);
  return {
    ...shred(type, demand, {
      id: {},
      meta: { lastUpdated: {} },
      ...(path && patientDemand(path)),
    }),
    patient: type === 'Patient' ? 'j.id' : path ? patientExpression(path) : 'null::varchar',
  };
}

/**
 * Reads a batch into `temp.incoming_resource` and `temp.arrived_resource`: one row per readable resource, typed,
 * patient assigned. Nothing is changed in the warehouse, except that what cannot be read is quarantined. Not to be
 * called in a transaction, because the first, optimistic reading fails on any unreadable resource.
 * @param doubted the fast reading has been done already and met texts that may be JSON of another kind.
 * @returns how many were quarantined.
 */
export async function stageResources(
  connection: Connection,
  batch: ResourceBatch,
  shredded: LoadShred,
  doubted = false,
): Promise<number> {
  if (batch.ndjson && !doubted && (await stageFiles(connection, batch, batch.ndjson, shredded))) return 0;
  // With all memory: what fails in this way is the resource's fault, and nothing else may make it fail.
  return connection.withAllMemory(async () => {
    const quarantined = await setUnreadableAside(connection, batch, shredded, typedColumns(shredded));
    try {
      await stageTexts(connection, batch, shredded);
      return quarantined;
    } catch (error) {
      throw new Defect(`${batch.type} can not be typed`, { cause: error });
    } finally {
      await connection.run(`drop table if exists ${unreadable}`);
    }
  });
}

/** Everything that is computed of a resource: what the loader needs and the demanded elements. */
function typedColumns(shredded: LoadShred): ShreddedColumn[] {
  return [
    { name: '@lastUpdated', type: 'TIMESTAMP', expression: 'fhir_datetime(j.meta."lastUpdated").lo' },
    { name: '@patient', type: 'VARCHAR', expression: shredded.patient },
    ...shredded.columns.map((column) => ({ ...column, name: `.${column.name}` })),
  ];
}

/**
 * The fast way: DuckDB's reader goes over the files themselves, typed. It refuses any element of another JSON kind.
 * @returns false when it met anything that a closer look is needed for.
 */
async function stageFiles(
  connection: Connection,
  batch: ResourceBatch,
  { files, places, withSubjects, longestLine }: NdjsonForm,
  shredded: LoadShred,
): Promise<boolean> {
  const list = `[${files.map(quoteLiteral).join(', ')}]`;
  // Rows keep the order of the lines, so that a row's number is its place.
  await connection.run('set preserve_insertion_order = true');
  try {
    await connection.run(`create or replace temp table incoming_resource as
      select j.id as "@id", ${projection(shredded)}
      from read_json(${list}, columns = ${shredded.readColumns}, format = 'newline_delimited', records = 'true',
        maximum_object_size = ${Math.max(16_777_216, longestLine + 1)}) as j`);
  } catch (error) {
    if (isOutOfMemory(error)) throw error;
    return false;
  } finally {
    await connection.run('set preserve_insertion_order = false');
  }
  if (await isDoubtful(connection, shredded)) return false;
  await identify(connection, batch, places, withSubjects);
  const counted = await connection.first<{ rows: number; placed: number; same: number }>(`select
    (select count(*) from ${incoming}) as rows, count(*) as placed, count(*) filter (where same) as same
    from ${arrived}`);
  // A line more or less, or another id: the file is not what was landed. The landed text decides.
  return counted !== undefined && counted.rows === counted.placed && counted.rows === counted.same;
}

/** The careful way: every text is parsed on its own; what cannot be read is known and left out. */
async function stageTexts(connection: Connection, batch: ResourceBatch, shredded: LoadShred): Promise<void> {
  await connection.run(`create or replace temp table incoming_resource as
    select id as "@id", file_id as "@file_id", line as "@line", hash as "@hash", subject as "@subject",
      ${projection(shredded)}
    from (
      select *, hash(json) as hash, from_json(json, ${quoteLiteral(shredded.structure)}) as j
      from (${batch.relation}) anti join ${unreadable} using (file_id, line)
    )`);
  await identify(
    connection,
    batch,
    `select rowid as n, "@file_id" as file_id, "@line" as line, "@id" as id, "@hash" as hash, "@subject" as subject
     from ${incoming}`,
    true,
  );
}

function projection(shredded: LoadShred): string {
  return typedColumns(shredded)
    .map(({ name, type, expression }) => `(${expression})::${type} as ${quoteIdentifier(name)}`)
    .join(',\n        ');
}

async function identify(
  connection: Connection,
  { type, source }: ResourceBatch,
  places: string,
  withSubjects = false,
): Promise<void> {
  const named = withSubjects ? 'coalesce(place.subject, staged."@patient")' : 'staged."@patient"';
  const patient = type === 'Patient' || patientPath(type) ? named : 'null::varchar';
  await connection.run(`create or replace temp table arrived_resource as
    select place.*, place.id = staged."@id" as same, staged."@lastUpdated" as last_updated, ${patient} as patient, subject.pid
    from (${places}) as place
    left join ${incoming} as staged on staged.rowid = place.n
    left join registry.subject as subject on subject.source = ${quoteLiteral(source)} and subject.id = ${patient}`);
}

/** Is there a text that may be JSON of another kind than R4 has? */
async function isDoubtful(connection: Connection, shredded: LoadShred): Promise<boolean> {
  const conditions = shredded.suspicions.map(({ column, condition }) =>
    condition(quoteIdentifier(`.${column}`)),
  );
  if (conditions.length === 0) return false;
  return (
    (await connection.first(
      `select 1 as doubtful from ${incoming} where ${conditions.join(' or ')} limit 1`,
    )) !== undefined
  );
}
