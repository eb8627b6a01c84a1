import type { NumberedCodeSet } from '@catchment/cql';
import { Defect, Diagnostic } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import { bindMembers, codings, listedConcepts } from './bind-members';

/** Which expansion a value set of a program was bound to. */
export interface BoundValueSet {
  setId: number;
  canonical: string;
  version: string | null;
  title: string | null;
  origin: 'starter' | 'imported';
  codes: number;
}

type ValueSetReference = Extract<NumberedCodeSet, { kind: 'valueSet' }>;

/** Code sets of one program, or of all programs of a run that number them alike, bound at once. */
export class CodeSetBinding {
  private constructor(
    private readonly connection: Connection,
    /** By number, the code sets that were bound; null: it is resolved to nothing. */
    private readonly bound: ReadonlyMap<number, BoundValueSet | null>,
  ) {}

  /**
   * Fills what compiled SQL reads:
   * `temp.code_set_member(set_id, key)` with the concepts that the data contain and that are in the set, and
   * `temp.code_set_list_member(set_id, key)` with lists of concepts that have one in the set; and the view
   * `temp.code_set_text(set_id, key)` of the codes without their systems.
   * A reference without version means the pinned version, else an imported expansion before a starter one.
   */
  static async make(connection: Connection, codeSets: readonly NumberedCodeSet[]): Promise<CodeSetBinding> {
    await bindMembers(connection);
    await nameCodeSets(connection, codeSets);
    await writeMembers(connection);
    const rows = await connection.rows<BoundValueSet>(`
      select
        resolved.set_id as "setId",
        value_set.canonical,
        value_set.version,
        value_set.title,
        value_set.origin,
        coalesce(counted.codes, 0) as codes
      from temp.resolved_code_set as resolved
      join terminology.value_set as value_set using (vs_id)
      left join (
        select vs_id, count(*) as codes from terminology.value_set_code
        where vs_id in (select vs_id from temp.resolved_code_set) group by vs_id
      ) as counted using (vs_id)`);
    const found = new Map(rows.map((row) => [row.setId, row]));
    return new CodeSetBinding(
      connection,
      new Map(codeSets.map(({ setId }) => [setId, found.get(setId) ?? null])),
    );
  }

  /**
   * @returns what the value sets among these code sets were bound to, by number.
   * @throws Diagnostic that lists every value set which is not there.
   */
  async of(codeSets: readonly NumberedCodeSet[]): Promise<BoundValueSet[]> {
    const valueSets = codeSets.filter((set) => set.kind === 'valueSet');
    const missing: ValueSetReference[] = [];
    const bound: BoundValueSet[] = [];
    for (const { setId } of codeSets)
      if (!this.bound.has(setId)) throw new Defect(`code set ${setId} was not bound`);
    for (const set of valueSets.sort((left, right) => left.setId - right.setId)) {
      const found = this.bound.get(set.setId);
      if (found) bound.push(found);
      else missing.push(set);
    }
    if (missing.length === 0) return bound;
    const reasons: string[] = [];
    for (const set of missing) reasons.push(await whyUnresolved(this.connection, set));
    const sets = reasons.length === 1 ? 'value set is' : `${reasons.length} value sets are`;
    throw new Diagnostic(`${sets} not resolved: ${reasons.join('; ')}`);
  }
}

/**
 * Binds the code sets of one program.
 * @returns and throws what `CodeSetBinding.of` does
 */
export async function bindCodeSets(
  connection: Connection,
  codeSets: readonly NumberedCodeSet[],
): Promise<BoundValueSet[]> {
  return (await CodeSetBinding.make(connection, codeSets)).of(codeSets);
}

async function writeMembers(connection: Connection): Promise<void> {
  await connection.run(`create or replace temp table code_set_member as
    select resolved.set_id, member.key
    from temp.resolved_code_set as resolved
    join terminology.member as member using (vs_id)
    union all
    select distinct named.set_id, coding.key -- a concept may have several of the named codes
    from temp.named_code as named
    join (${codings}) as coding using (system, code)`);
  await connection.run(`create or replace temp table code_set_list_member as
    select distinct member.set_id, listed.key -- a list may have several concepts of one set
    from (${listedConcepts}) as listed
    join temp.code_set_member as member on member.key = listed.concept`);
  await connection.run(`create or replace temp view code_set_text as
    select resolved.set_id, code.code as key
    from temp.resolved_code_set as resolved
    join terminology.value_set_code as code using (vs_id)`);
}

/** `temp.resolved_code_set(set_id, vs_id)`, `vs_id` null where unresolved, and `temp.named_code(set_id, system, code)`. */
async function nameCodeSets(connection: Connection, codeSets: readonly NumberedCodeSet[]): Promise<void> {
  const references = codeSets.flatMap((set) =>
    set.kind === 'valueSet'
      ? [{ id: set.setId, canonical: set.canonical, version: set.version ?? null }]
      : [],
  );
  const codes = codeSets.flatMap((set) =>
    set.kind === 'codes' ? set.codes.map(({ system, code }) => ({ id: set.setId, system, code })) : [],
  );
  await connection.run(
    `create or replace temp table resolved_code_set as
     select
       wanted.id as set_id,
       case
         when wanted.version is null
           then (select vs_id from terminology.current_value_set as current where current.canonical = wanted.canonical)
         else (
           select arg_max(vs_id, (origin = 'imported', vs_id)) from terminology.value_set as known
           where known.canonical = wanted.canonical and known.version = wanted.version
         )
       end as vs_id
     from (
       select unnest(from_json($1, '[{"id": "INTEGER", "canonical": "VARCHAR", "version": "VARCHAR"}]'), recursive := true)
     ) as wanted`,
    [JSON.stringify(references)],
  );
  await connection.run(
    `create or replace temp table named_code as
     select id as set_id, system, code
     from (select unnest(from_json($1, '[{"id": "INTEGER", "system": "VARCHAR", "code": "VARCHAR"}]'), recursive := true))`,
    [JSON.stringify(codes)],
  );
}

async function whyUnresolved(
  connection: Connection,
  { canonical, version, name }: ValueSetReference,
): Promise<string> {
  const pin = await connection.first<{ version: string; manifest: string }>(
    'select version, manifest from terminology.pin where canonical = $1',
    [canonical],
  );
  const present = await connection.rows<{ version: string }>(
    `select coalesce(version, 'no version') as version from terminology.value_set where canonical = $1 order by 1`,
    [canonical],
  );
  const refused = await connection.first<{ reason: string }>(
    'select reason from terminology.refused where canonical = $1 order by version desc nulls last',
    [canonical],
  );
  const remarks = [
    version === undefined && pin && `manifest ${pin.manifest} pins version ${pin.version}`,
    present.length > 0 && `there is ${present.map((row) => row.version).join(', ')}`,
    refused && `it was refused: ${refused.reason}`,
  ].filter(Boolean);
  const reference = version === undefined ? canonical : `${canonical}|${version}`;
  return `"${name}" ${reference}${remarks.length > 0 ? ` (${remarks.join('; ')})` : ''}`;
}
