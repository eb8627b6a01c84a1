import { primaryCodePath, type Demand } from '@catchment/fhir';
import { quoteIdentifier, typedTable } from '@catchment/warehouse';
import type { TypedColumns } from '../typed-columns';
import type { Check } from './check';
import past from './past-elements.json';

/** What says which row it is, not what it says. */
const placed = ['pid', 'rid', 'id'];

/**
 * Resources of one patient that say the same under several ids: equal in everything that is stored of them. Only of
 * types that happen at a time, and only where a time is stated: without one, equal content proves nothing.
 */
export function duplicateChecks(held: Demand, typed: TypedColumns): Check[] {
  const checks: Check[] = [];
  for (const [type, names] of Object.entries(past as Record<string, string[]>)) {
    const dates = names.filter((name) => held[type]?.[name]);
    if (dates.length === 0) continue;
    const columns = [...(typed.get(type)?.keys() ?? [])].filter((name) => !placed.includes(name));
    const stated = dates.filter((name) => columns.includes(name));
    if (stated.length === 0) continue;
    const coded = primaryCodePath(type);
    const first = [...(coded && columns.includes(coded) ? [coded] : []), ...stated].map(quoteIdentifier);
    const table = typedTable(type);
    checks.push({
      id: 'duplicate',
      class: 'duplicates',
      severity: 'warning',
      type,
      element: 'id',
      properties: [],
      sentence: 'say again, under another id, what another one says',
      faults: `
        with
          -- what happened at one time with one code: of few rows everything has to be compared
          begun as materialized (
            select rowid as row, hash(${['pid', ...first].join(', ')}) as likeness
            from ${table}
            where pid is not null and (${stated.map((name) => `${quoteIdentifier(name)} is not null`).join(' or ')})
          ),
          said as materialized (
            select rid, pid, id, hash(pid, ${columns.map(quoteIdentifier).join(', ')}) as content
            from ${table}
            where rowid in (
              select row from begun
              where likeness in (select likeness from begun group by likeness having count(*) > 1)
            )
          )
        select rid, pid from (
          select rid, pid, row_number() over (partition by pid, content order by id) as nth
          from said
          -- few rows are numbered
          where content in (select content from said group by content having count(*) > 1)
        )
        where nth > 1`,
    });
  }
  return checks;
}
