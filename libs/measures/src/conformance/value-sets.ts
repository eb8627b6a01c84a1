import { existsSync } from 'node:fs';
import type { CodeSet } from '@catchment/cql';
import { readTerminology, resolveValueSets, storeValueSets, type ValueSet } from '@catchment/terminology';
import { quoteLiteral, type Connection } from '@catchment/warehouse';

export interface CompletionRequest {
  /** Canonicals that the imported measures declare and the warehouse lacks. */
  missing: readonly string[];
  /** The repository's own value sets: a source of last resort for what was refused as incomplete. */
  own: string;
  /** Further value sets. */
  vocabulary: readonly string[];
  /** Canonicals that are published nowhere and are to be taken as empty. */
  empty: readonly string[];
}

/**
 * Completes the value sets of a repository from further sources. Of one canonical the most complete expansion counts:
 * published files often hold the first codes only, without saying so. What nobody has completely is taken as far as
 * it is known.
 *
 * @returns notes for the report: what was replaced, what is incomplete, empty or missing.
 */
export async function completeValueSets(
  connection: Connection,
  request: CompletionRequest,
): Promise<string[]> {
  const known = await sizes(connection);
  const open = new Set(request.missing);
  const replaced = new Set<string>();
  for (const path of request.vocabulary) {
    const { valueSets } = resolveValueSets((await readTerminology([path])).valueSets);
    const better = largest(valueSets).filter(({ canonical, codes }) =>
      known.has(canonical) ? codes.size > known.get(canonical)! : open.has(canonical),
    );
    await replace(connection, better);
    for (const { canonical, codes } of better) {
      if (!open.has(canonical)) replaced.add(canonical);
      known.set(canonical, codes.size);
      open.delete(canonical);
    }
  }
  return [
    ...note('taken from the vocabulary, which has more of their codes than the repository', [...replaced]),
    ...(await takeIncomplete(connection, open, request)),
    ...(await takeEmpty(connection, open, request)),
  ];
}

/** One note about several value sets, named by the last part of their canonicals. */
function note(what: string, canonicals: readonly string[]): string[] {
  if (canonicals.length === 0) return [];
  const names = canonicals.map((canonical) => canonical.split('/').at(-1)!).sort();
  return [`${canonicals.length} value sets are ${what}: ${names.join(', ')}`];
}

async function takeIncomplete(
  connection: Connection,
  open: Set<string>,
  { own, vocabulary }: CompletionRequest,
): Promise<string[]> {
  if (open.size === 0) return [];
  const sources = await readTerminology([own, ...vocabulary].filter((path) => existsSync(path)));
  const { valueSets } = resolveValueSets(sources.valueSets, { acceptTruncated: true });
  const found = largest(valueSets).filter(({ canonical }) => open.has(canonical));
  await replace(connection, found);
  for (const { canonical } of found) open.delete(canonical);
  return note(
    'known in part only',
    found.map(({ canonical }) => canonical),
  );
}

async function takeEmpty(
  connection: Connection,
  open: Set<string>,
  { empty }: CompletionRequest,
): Promise<string[]> {
  const taken = [...open].filter((canonical) => empty.includes(canonical));
  const valueSets = taken.map((canonical): ValueSet => ({ canonical, codes: new Set(), by: 'compose' }));
  await connection.transaction(() => storeValueSets(connection, valueSets, [], 'imported'));
  const missing = [...open].filter((canonical) => !taken.includes(canonical));
  return [
    ...note('published nowhere and taken as empty', taken),
    ...note('declared and published nowhere', missing),
  ];
}

/** Codes of the value sets that the warehouse would use. */
async function sizes(connection: Connection): Promise<Map<string, number>> {
  const rows = await connection.rows<{ canonical: string; codes: number }>(
    `select canonical, (select count(*) from terminology.value_set_code as code where code.vs_id = current.vs_id) as codes
     from terminology.current_value_set as current`,
  );
  return new Map(rows.map(({ canonical, codes }) => [canonical, codes]));
}

function largest(valueSets: readonly ValueSet[]): ValueSet[] {
  const by = new Map<string, ValueSet>();
  for (const valueSet of valueSets) {
    const other = by.get(valueSet.canonical);
    if (!other || valueSet.codes.size > other.codes.size) by.set(valueSet.canonical, valueSet);
  }
  return [...by.values()];
}

/** A canonical has one expansion here, whatever its version: pins of other versions would hide it. */
async function replace(connection: Connection, valueSets: readonly ValueSet[]): Promise<void> {
  if (valueSets.length === 0) return;
  const canonicals = valueSets.map(({ canonical }) => quoteLiteral(canonical)).join(', ');
  await connection.transaction(async () => {
    await connection.run(
      `delete from terminology.value_set_code
       where vs_id in (select vs_id from terminology.value_set where canonical in (${canonicals}))`,
    );
    for (const table of ['value_set', 'pin']) {
      await connection.run(`delete from terminology.${table} where canonical in (${canonicals})`);
    }
    await storeValueSets(connection, valueSets, [], 'imported');
  });
}

/**
 * Copies what `bindCodeSets` may want into another warehouse: every version of the canonicals, and pins.
 * @param file the database that has them; no process writes it meanwhile.
 */
export async function provideValueSets(
  target: Connection,
  file: string,
  codeSets: readonly CodeSet[],
): Promise<void> {
  const canonicals = codeSets.flatMap((set) =>
    set.kind === 'valueSet' ? [quoteLiteral(set.canonical)] : [],
  );
  if (canonicals.length === 0) return;
  const wanted = `canonical in (${canonicals.join(', ')})`;
  await target.run(`attach ${quoteLiteral(file)} as shared_terminology (read_only)`);
  for (const table of ['value_set', 'pin', 'refused']) {
    await target.run(
      `insert into terminology.${table} by name select * from shared_terminology.terminology.${table} where ${wanted}`,
    );
  }
  await target.run(
    `insert into terminology.value_set_code by name
     select * from shared_terminology.terminology.value_set_code
     where vs_id in (select vs_id from terminology.value_set)`,
  );
  await target.run('detach shared_terminology');
}
