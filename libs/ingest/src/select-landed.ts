import { resourceTypes } from '@catchment/fhir';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import { landingFile } from './land-file';

/** A file of the landing zone, as far as reading from it goes. */
export interface Original {
  fileId: number;
  sha256: string;
  /** Path for people. */
  path: string;
}

/** Every line of some landed files: `file_id INTEGER, line BIGINT, type, id VARCHAR, hash UBIGINT`. */
export const landed = 'temp.landed_line';

/** SQL: rows of landed files with their `file_id`; the order of files is that of the list, of rows that of lines. */
export function originals(dataDir: string, files: readonly Original[], columns: string): string {
  const paths = files.map(({ sha256 }) => quoteLiteral(landingFile(dataDir, sha256)));
  const ids = files.map(({ fileId }, index) => `${paths[index]!}: ${fileId}`).join(', ');
  return files.length === 1
    ? `select ${files[0]!.fileId}::integer as file_id, ${columns} from read_parquet(${paths[0]!})`
    : `select (map {${ids}})[filename]::integer as file_id, ${columns} from read_parquet([${paths.join(', ')}], filename = true)`;
}

/** Reads what the lines of landed files are into `temp.landed_line`, without their texts. */
export async function selectLanded(
  connection: Connection,
  dataDir: string,
  files: readonly Original[],
): Promise<void> {
  const lines =
    files.length > 0
      ? originals(dataDir, files, 'line, type, id, hash')
      : 'select 0 as file_id, 0::bigint as line, null::varchar as type, null::varchar as id, 0::ubigint as hash where false';
  await connection.run(`create or replace temp table landed_line as ${lines}`);
}

/**
 * Quarantines the lines of `temp.landed_line` that are no resource: malformed, no object, of no type that R4 has,
 * without id; and removes them there.
 * @returns how many.
 */
export async function setLinesAside(
  connection: Connection,
  dataDir: string,
  files: readonly Original[],
): Promise<number> {
  const types = resourceTypes()
    .filter((type) => type !== 'Bundle' && type !== 'Resource')
    .map(quoteLiteral)
    .join(', ');
  const faulty = `(id is null or type is null or type not in (${types}))`;
  const counted = await connection.first<{ n: number }>(
    `select count(*) as n from ${landed} where ${faulty}`,
  );
  if (!counted?.n) return 0;
  await connection.run(`insert into landing.quarantine
    select
      file_id, line, type, id,
      case
        when json is null or not json_valid(json) then 'malformed-json'
        when json_type(json) <> 'OBJECT' then 'not-an-object'
        when type = 'Bundle' then 'nested-bundle'
        when type is null or type not in (${types}) then 'unknown-type'
        else 'missing-id'
      end,
      case when type is null and json_valid(json) and json_type(json) = 'OBJECT' then 'no resourceType' end
    from (${originals(dataDir, files, 'line, type, id, json')})
    where ${faulty};
    delete from ${landed} where ${faulty}`);
  return counted.n;
}
