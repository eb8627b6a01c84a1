import { resourceTypes } from '@catchment/fhir';
import { deleteResources, quoteLiteral, type Connection, type DeletionOutcome } from '@catchment/warehouse';
import { originals, type Original } from './select-landed';

/** What became of the entries of an event's files of deletions. */
export interface AppliedDeletions extends DeletionOutcome {
  /** Entries that could not be understood, and lines that are no Bundle. */
  quarantined: number;
}

/**
 * Applies the deletions of an event in one transaction: once, however often the event is begun anew, for a resource
 * that the same event sends again must stay.
 */
export async function applyDeletions(
  connection: Connection,
  dataDir: string,
  { sequence, source }: { sequence: number; source: string },
  files: readonly Original[],
): Promise<AppliedDeletions> {
  const none = { deleted: 0, absent: 0, orphaned: 0, quarantined: 0 };
  if (files.length === 0) return none;
  const applied = await connection.first<{ deletions: number }>('select deletions from registry.applied');
  if (applied!.deletions >= sequence) return none;
  await connection.retryWithAllMemory(() =>
    connection.run(`create or replace temp table named_deletion as ${entries(dataDir, files)}`),
  );
  try {
    return await connection.transaction(async () => {
      const fileIds = files.map(({ fileId }) => fileId).join(', ');
      await connection.run(`delete from landing.quarantine where file_id in (${fileIds});
        insert into landing.quarantine
        select file_id, line, type, id, reason, detail from temp.named_deletion where reason is not null`);
      const counted = await connection.first<{ n: number }>(
        'select count(*) as n from temp.named_deletion where reason is not null',
      );
      const outcome = await deleteResources(
        connection,
        source,
        'select type, id from temp.named_deletion where reason is null',
      );
      await connection.run('update registry.applied set deletions = $1', [sequence]);
      return { ...outcome, quarantined: counted!.n };
    });
  } finally {
    await connection.run('drop table temp.named_deletion');
  }
}

/**
 * SQL of the landed entries of Bundles: `file_id, line, type, id, reason, detail`; `reason` is null where type and id
 * are those of a deletion.
 */
function entries(dataDir: string, files: readonly Original[]): string {
  const types = resourceTypes().map(quoteLiteral).join(', ');
  return `
    select
      file_id, line,
      nullif(target.type, '') as type,
      nullif(target.id, '') as id,
      case when not valid then 'malformed-json' when problem is not null then 'invalid-deletion' end as reason,
      case when valid then problem end as detail
    from (
      select
        *,
        case
          when entry.resourceType is not null then 'no Bundle'
          when upper(entry.request.method) is distinct from 'DELETE' then 'an entry is no DELETE'
          when coalesce(target.type, '') not in (${types}) then 'the url of an entry names no resource'
        end as problem
      from (
        select
          *,
          regexp_extract(
            entry.request.url,
            '^(?:https?://[^?#]*/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?$',
            ['type', 'id']
          ) as target
        from (
          select
            file_id, line, json_valid(json) as valid,
            case when json_valid(json) then from_json(json,
              '{"resourceType": "VARCHAR", "request": {"method": "VARCHAR", "url": "VARCHAR"}}') end as entry
          from (${originals(dataDir, files, 'line, json')})
        )
      )
    )`;
}
