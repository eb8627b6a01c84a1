import type { Dialect } from './dialect';
import { duckdbAggregates } from './duckdb-aggregates';
import { duckdbFunctions } from './duckdb-functions';

const memberTables = {
  concept: 'code_set_member',
  conceptList: 'code_set_list_member',
  text: 'code_set_text',
};
const memberVariables = { concept: 'code_set', conceptList: 'code_set_list', text: 'code_set_text' };

/** DuckDB 1.5. CQL semantics that take more than one expression are macros of `sql/functions/cql-*.sql`. */
export const duckdb: Dialect = {
  functions: duckdbFunctions,
  aggregates: duckdbAggregates,
  lambda(fn, list, variables, body, initial) {
    return `list_${fn}(${list}, lambda ${variables.join(', ')}: ${body}${initial === undefined ? '' : `, ${initial}`})`;
  },
  field: (struct, name) => `struct_extract(${struct}, '${name.replaceAll("'", "''")}')`,
  struct: (fields) =>
    `struct_pack(${fields.map(([name, value]) => `${quote(name)} := ${value}`).join(', ')})`,
  unnest: (list) =>
    `(select unnest(l) as v, generate_subscripts(l, 1) as position from (select ${list} as l))`,
  createTable: (name, select) => `create or replace temp table ${quote(name)} as\n${select}`,
  members: (setIds, of) =>
    `(select key from temp.${memberTables[of]} where set_id ${
      setIds.length === 1 ? `= ${setIds[0]}` : `in (${setIds.join(', ')})`
    })`,
  isMember: (setId, of, key) =>
    `coalesce(list_contains(getvariable('${memberVariables[of]}_${setId}'), ${key}), false)`,
  prepareMembers: (setId, of) =>
    `set variable ${memberVariables[of]}_${setId} = (select coalesce(list(key), []) from temp.${memberTables[of]} where set_id = ${setId})`,
  quote,
};

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
