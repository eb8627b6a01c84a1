import type { Connection } from '@catchment/warehouse';
import { requireChecks } from '../read/read-quality';

/** A code that measures look for by value set. */
export interface MappingTarget {
  system: string;
  code: string;
  /** As the data or the value set's publisher name it; null where neither does. */
  display: string | null;
  /** Titles, or canonicals, of the value sets of measures that have it. */
  valueSets: string[];
}

/** More than anybody reads; another word narrows it. */
const longest = 30;

/**
 * Codes that value sets of measures have for resources of a type: a word each of the search is the beginning of the
 * code or stands in the display or in the title of a value set. The code itself comes first, then by display.
 * @param connection to the published marts
 */
export async function searchTargets(
  connection: Connection,
  { type, search }: { type: string; search: string },
): Promise<MappingTarget[]> {
  await requireChecks(connection);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const matches = words.map((_, index) => {
    const word = `$${index + 3}`;
    return `(starts_with(lower(code), ${word}) or contains(lower(concat_ws(' ', display, title)), ${word}))`;
  });
  return connection.rows<MappingTarget>(
    `select system, code, display, list_sort(list(distinct coalesce(title, canonical))) as "valueSets"
     from mapping_target
     where type = $1 and (system, code) in (
       select (system, code) from mapping_target where type = $1 and ${matches.join(' and ')}
     )
     group by system, code, display
     order by lower(code) = $2 desc, display nulls last, system, code
     limit ${longest}`,
    [type, search.trim().toLowerCase(), ...words],
  );
}
