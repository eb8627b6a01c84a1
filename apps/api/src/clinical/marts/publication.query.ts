import { Defect } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import type { Publication } from '../contract';

/** @throws Defect when the published file says nothing about itself */
export async function readPublication(connection: Connection): Promise<Publication> {
  const publication = await connection.first<Publication>(
    `select
        run_id as "runId",
        ${instant('published_at')} as "publishedAt",
        ${instant('data_as_of')} as "dataAsOf",
        period_start as "periodStart",
        period_end as "periodEnd",
        content_hash as "contentHash",
        engine_version as "engineVersion",
        patients as patients
    from publication`,
  );
  if (!publication) throw new Defect('a published file holds no publication');
  return publication;
}

/** ISO 8601 in UTC. */
function instant(column: string): string {
  return `strftime(${column}::timestamp, '%Y-%m-%dT%H:%M:%S.%gZ')`;
}
