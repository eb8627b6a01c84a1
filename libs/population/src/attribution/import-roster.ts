import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import { Roster, type RosterEntry, type Store } from '@catchment/store';
import { quoteLiteral, type Connection } from '@catchment/warehouse';

export interface RosterRequest {
  connection: Connection;
  dataSource: Store['dataSource'];
  /** CSV, UTF-8, with a header of `columns`. */
  path: string;
  /** First day that it holds, `YYYY-MM-DD`. */
  effectiveFrom: string;
  /** Email. */
  by: string;
}

/** `source` and `patient` name a record; of `provider` and `site` one may be empty. Ids as the sources have them. */
const columns = ['source', 'patient', 'provider', 'site'] as const;

/** How many faults are named. */
const shown = 10;

/**
 * Imports a roster as a whole, or nothing of it.
 * @returns how many patients it names
 * @throws Diagnostic when the file is not UTF-8 or no CSV with this header, or with the rows that name somebody twice,
 *   nobody who is known, or an unknown provider or site. Rows are named by number, never by what they hold.
 */
export async function importRoster(request: RosterRequest): Promise<number> {
  const { connection, dataSource, path, effectiveFrom, by } = request;
  if (!/^\d{4}-\d\d-\d\d$/.test(effectiveFrom) || Number.isNaN(Date.parse(effectiveFrom)))
    throw new Diagnostic('the day that a roster holds from is written YYYY-MM-DD');
  const bytes = readFile(path);
  checkText(bytes, path);
  await readRows(connection, path);
  try {
    await checkRows(connection, path);
    const entries = await connection.rows<{ record: string; provider: string | null; site: string | null }>(
      `select record_id as record, provider, site from temp.roster_row order by record_id`,
    );
    const rosters = dataSource.getRepository(Roster);
    await rosters.insert({
      effectiveFrom,
      entries: entries satisfies RosterEntry[],
      sha256: createHash('sha256').update(bytes).digest('hex'),
      importedBy: by,
    });
    return entries.length;
  } finally {
    await connection.run('drop table temp.roster_row');
  }
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Diagnostic('the roster cannot be read', { file: basename(path) }, { cause: error });
  }
}

function checkText(bytes: Buffer, path: string): void {
  const file = basename(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Diagnostic('the roster is not UTF-8; save it as CSV UTF-8', { file }, { cause: error });
  }
  const header = (text.split(/\r?\n/, 1)[0] ?? '')
    .split(',')
    .map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  if (header.join() !== columns.join())
    throw new Diagnostic(`the first line of a roster is ${columns.join()}`, { file });
}

async function readRows(connection: Connection, path: string): Promise<void> {
  const types = columns.map((name) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ');
  const trimmed = columns.map((name) => `nullif(trim(${name}), '') as ${name}`).join(', ');
  try {
    await connection.run(`create or replace temp table roster_row as
      select named.*, record.record_id
      from (
        select row_number() over () + 1 as line, ${trimmed}
        from read_csv(${quoteLiteral(path)}, columns = {${types}}, header = true, auto_detect = false, delim = ',',
          quote = '"', escape = '"', null_padding = false, strict_mode = true, parallel = false)
      ) as named
      left join identity.record as record on record.source = named.source and record.id = named.patient`);
  } catch (error) {
    // DuckDB's text quotes the line, which may be about somebody.
    const line = /Line:? (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw new Diagnostic(
      `the roster is no CSV of ${columns.length} columns${line ? `, from line ${line} on` : ''}`,
      { file: basename(path) },
    );
  }
}

async function checkRows(connection: Connection, path: string): Promise<void> {
  const known = (column: string, ids: string): string =>
    `select line, 'unknown ${column}' as fault from temp.roster_row where ${column} is not null and ${column} not in (${ids})`;
  const faults = await connection.rows<{ line: number; fault: string }>(`
    select line, 'unknown patient' as fault from temp.roster_row where record_id is null
    union all
    select line, 'neither provider nor site' from temp.roster_row where provider is null and site is null
    union all
    select line, 'a patient who was named before' from (
      select line, record_id, row_number() over (partition by record_id order by line) as nth from temp.roster_row
    ) where nth > 1 and record_id is not null
    union all
    ${known('provider', 'select id from fhir."Practitioner"')}
    union all
    ${known('site', 'select id from fhir."Organization"')}
    order by line, fault`);
  if (faults.length === 0) return;
  const named = faults.slice(0, shown).map(({ line, fault }) => `row ${line}: ${fault}`);
  const more = faults.length > shown ? [`and ${faults.length - shown} more`] : [];
  throw new Diagnostic(`nothing of the roster is imported: ${[...named, ...more].join('; ')}`, {
    file: basename(path),
  });
}
