import type { DemandNode } from '@catchment/fhir';
import { Defect } from '@catchment/platform';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';
import { patientDemand, patientExpression, patientPath } from './patient-compartment';
import { shred, type Shred } from './shred';

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
  /** The first file of this load: what has this number or a higher one arrived in the same load. */
  firstFileId: number;
  /** May resources of this batch replace or repeat each other by id? Conformance cases reuse ids: no. */
  identified: boolean;
}

/** A resource that cannot be read, with the reason. */
const unreadable = 'temp.unreadable_resource';
export const incoming = 'temp.incoming_resource';

/** How resources of a type are read and typed, with what the loader needs of every resource. */
export function shredForLoad(type: string, demand: DemandNode): Shred & { patient: string } {
  const path = patientPath(type);
  return {
    ...shred(type, demand, {
      meta: { lastUpdated: {} },
      ...(path && patientDemand(path)),
    }),
    patient: type === 'Patient' ? 'id' : path ? patientExpression(path) : 'null::varchar',
  };
}

/**
 * Reads a batch into `temp.incoming_resource`: one row per readable resource, typed, patient assigned. Nothing is
 * changed in the warehouse, except that what cannot be read is quarantined. Not to be called in a transaction,
 * because the first, optimistic reading fails on any unreadable resource.
 * @returns how many were quarantined.
 */
export async function stageResources(
  connection: Connection,
  batch: ResourceBatch,
  shredded: Shred & { patient: string },
): Promise<number> {
  try {
    await connection.run(stageSql(batch, shredded, batch.relation));
    return 0;
  } catch {
    // One by one: slower, and says which lines are to blame.
    const quarantined = await setUnreadableAside(connection, batch, shredded);
    const rest = `select * from (${batch.relation}) anti join ${unreadable} using (file_id, line)`;
    try {
      await connection.run(stageSql(batch, shredded, rest));
    } catch (error) {
      throw new Defect(`${batch.type} can not be typed`, { cause: error });
    }
    return quarantined;
  } finally {
    await connection.run(`drop table if exists ${unreadable}`);
  }
}

const lastUpdated = {
  name: '.lastUpdated',
  type: 'TIMESTAMP',
  expression: 'fhir_datetime(j.meta."lastUpdated").lo',
};

/**
 * SQL condition on `json`: no element that is read has another JSON kind than R4 gives it. The reader itself would
 * make such an element null. One parse for all paths.
 */
function wellShaped(shredded: Shred): string {
  const paths = shredded.kinds.map(([element]) => quoteLiteral(`$."${element}"`));
  const tests = shredded.kinds.map(([, kind], index) => {
    const found = `kinds[${index + 1}]`;
    return kind === 'text'
      ? `coalesce(${found} not in ('OBJECT', 'ARRAY'), true)`
      : `coalesce(${found} in ('${kind}', 'NULL'), true)`;
  });
  return `list_transform([json_type(json, [${paths.join(', ')}])], lambda kinds: ${tests.join(' and ')})[1]`;
}

function stageSql(
  { type, source }: ResourceBatch,
  shredded: Shred & { patient: string },
  relation: string,
): string {
  const columns = shredded.columns.map(
    ({ name, type: sqlType, expression }) => `(${expression})::${sqlType} as ${quoteIdentifier(`.${name}`)}`,
  );
  const key =
    type === 'Patient' || patientPath(type) ? `coalesce(subject, ${shredded.patient})` : 'null::varchar';
  const staged = `
    select ${[
      'file_id',
      'line',
      'id',
      'hash(json) as hash',
      `${lastUpdated.expression} as last_updated`,
      `${key} as patient`,
      ...columns,
    ].join(',\n      ')}
    from (
      select
        file_id, line, id, json, subject,
        from_json(case when ${wellShaped(shredded)} then json else 'wrong shape' end, ${quoteLiteral(shredded.structure)}) as j
      from (${relation})
    )`;
  return `create or replace temp table incoming_resource as
    select staged.* exclude (patient), patient, subject.pid
    from (${staged}) as staged
    left join registry.subject as subject on subject.source = ${quoteLiteral(source)} and subject.id = staged.patient`;
}

/** Finds the resources that the typed reading fails on, quarantines them and lists them in a temp table. */
async function setUnreadableAside(
  connection: Connection,
  batch: ResourceBatch,
  shredded: Shred,
): Promise<number> {
  const typed = (columns: Shred['columns']): string =>
    `try(list_transform([from_json(json, ${quoteLiteral(shredded.structure)})], lambda j: struct_pack(` +
    `${columns.map(({ name, type, expression }) => `${quoteIdentifier(name)} := (${expression})::${type}`).join(', ')})))`;
  const all = [...shredded.columns, lastUpdated];
  const blamed = all
    .map(
      (column) =>
        `case when ${typed([column])} is null then ${quoteLiteral(column.name.replace(/^\./, 'meta.'))} end`,
    )
    .join(', ');
  await connection.run(`create or replace temp table unreadable_resource as
    select
      file_id, line, id,
      case
        when not json_valid(json) then 'malformed-json'
        when not try(${wellShaped(shredded)}) then 'wrong-shape'
        else 'invalid-value'
      end as reason,
      case
        when json_valid(json) and try(${wellShaped(shredded)}) then array_to_string([${blamed}], ', ')
      end as detail
    from (${batch.relation})
    where ${typed(all)} is null or not coalesce(try(${wellShaped(shredded)}), false)`);
  await connection.run(
    `insert into landing.quarantine select file_id, line, $1, id, reason, detail from ${unreadable}`,
    [batch.type],
  );
  const counted = await connection.first<{ n: number }>(`select count(*) as n from ${unreadable}`);
  return counted?.n ?? 0;
}
