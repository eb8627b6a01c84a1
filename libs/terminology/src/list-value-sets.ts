import type { Connection } from '@catchment/warehouse';

/** One version of a value set in the warehouse. */
export interface ListedValueSet {
  canonical: string;
  version: string | null;
  title: string | null;
  origin: 'starter' | 'imported';
  codes: number;
  /** Is this what an unversioned reference means? */
  current: boolean;
  /** The manifest that pins this version. */
  manifest: string | null;
}

/** All value sets, by title and version. */
export async function listValueSets(connection: Connection): Promise<ListedValueSet[]> {
  return connection.rows<ListedValueSet>(`
    select
      value_set.canonical,
      value_set.version,
      value_set.title,
      value_set.origin,
      (select count(*) from terminology.value_set_code as code where code.vs_id = value_set.vs_id) as codes,
      value_set.vs_id in (select vs_id from terminology.current_value_set) as current,
      pin.manifest
    from terminology.value_set as value_set
    left join terminology.pin as pin on pin.canonical = value_set.canonical and pin.version = value_set.version
    order by coalesce(value_set.title, value_set.canonical), value_set.canonical, value_set.version, value_set.origin`);
}

/** Canonicals without any usable expansion, of those asked for. */
export async function missingValueSets(
  connection: Connection,
  canonicals: readonly string[],
): Promise<string[]> {
  const rows = await connection.rows<{ canonical: string }>(
    'select canonical from terminology.current_value_set',
  );
  const present = new Set(rows.map((row) => row.canonical));
  return [...new Set(canonicals)].filter((canonical) => !present.has(canonical)).sort();
}
