import { createHash } from 'node:crypto';
import type { Demand } from '@catchment/fhir';
import { keepNews, newsOf, NewsWarehouse, readDemand, readNews, type Connection } from '@catchment/warehouse';
import type { Check } from './checks/check';
import { listChecks } from './checks/list-checks';
import { describeChecks, runChecks, type NumberedCheck } from './checks/run-checks';
import { codeOfChecks } from './check-inputs';
import { readCodeUse } from './codes/read-code-use';
import { readTypedColumns, type TypedColumns } from './typed-columns';

/** What was found of patients, until it is kept. */
export interface Look {
  checks: readonly Check[];
  /** Brings `quality.fault`, `quality.code_use` and `quality.lost_reference` up to date; within a transaction. */
  keep: () => Promise<void>;
}

interface RequestedLook {
  connection: Connection;
  /** Instant up to which the data are known, ISO 8601 without zone. */
  asOf: string;
  /** Whoever has news. */
  everybody: boolean;
}

/**
 * Asks the checks and reads who has which code, of patients with news where what was found of the others stands
 * (docs/adr/0015): the checks are the same, and the answer rests on a patient's own rows. The few checks that rest on
 * the instant of the data are asked of everybody; those of references too when a resource has gone or one that was
 * missed has come. Not within a transaction.
 */
export async function lookAtPatients({ connection, asOf, everybody }: RequestedLook): Promise<Look> {
  const held = await readDemand(connection);
  const typed = await readTypedColumns(connection);
  const checks = listChecks(held, typed, asOf);
  const news = await readNews(connection, 'checks');
  const name = nameChecks(held, checks);
  const before = await connection.first<{ checks: string }>('select checks from quality.looked_at');
  const few = !everybody && news.few && before?.checks === name;
  const moved = few && (await referencesMoved(connection));
  const numbered = [...checks.entries()];
  const ofAll = numbered.filter(
    ([, { restsOn }]) => !few || restsOn === 'instant' || (restsOn === 'registry' && moved),
  );
  await describeChecks(connection, checks);
  await connection.run(`
    create or replace temp table quality_fault (check_no integer, rid bigint, pid integer);
    create or replace temp table quality_lost_reference (reference varchar, type varchar, id varchar)`);
  const keep = (): Promise<void> => keepLook(connection, { few, moved, ofAll, name });
  if (!few) {
    await look(connection, held, typed, numbered);
    return { checks, keep };
  }
  await runChecks(connection, held, ofAll);
  const some = await NewsWarehouse.open(connection, 'checks', Object.keys(held));
  try {
    const rest = numbered.filter((each) => !ofAll.includes(each));
    await some.within(() => look(connection, held, typed, rest));
  } finally {
    await some.close();
  }
  return { checks, keep };
}

async function look(
  connection: Connection,
  held: Demand,
  typed: TypedColumns,
  checks: readonly NumberedCheck[],
): Promise<void> {
  await runChecks(connection, held, checks);
  await readCodeUse(connection, typed);
}

/**
 * May a reference of a patient without news meet something else now? What a patient's own references met may have been
 * somebody else's, or nobody's: when any of it has gone, or what a reference missed has come.
 */
async function referencesMoved(connection: Connection): Promise<boolean> {
  // Numbers of resources are never given twice, and a new version keeps its number.
  const row = await connection.first<{ moved: boolean }>(`
    select looked_at.resources <> (select count(*) from registry.resource where rid <= looked_at.last_rid)
      or exists (
        select 1 from quality.lost_reference as lost
        join registry.resource as come on come.type = lost.type and come.id = lost.id
      ) as moved
    from quality.looked_at as looked_at`);
  return row!.moved;
}

/** Names the checks by all that decides what they say of a row; the instant is asked anew each time. */
function nameChecks(held: Demand, checks: readonly Check[]): string {
  const texts = checks.map(({ id, type, restsOn, faults }) => [
    id,
    type,
    restsOn === 'instant' ? restsOn : faults,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([held, texts, codeOfChecks()]))
    .digest('hex');
}

interface Found {
  few: boolean;
  moved: boolean;
  /** The checks that were asked of everybody. */
  ofAll: readonly NumberedCheck[];
  name: string;
}

async function keepLook(connection: Connection, { few, moved, ofAll, name }: Found): Promise<void> {
  const numbers = ofAll.map(([number]) => number);
  const ofNews = few ? `where pid in (select pid from ${newsOf('checks')})` : '';
  await connection.run(
    `delete from quality.fault ${few ? `${ofNews} or pid is null or list_contains($1::integer[], check_no)` : ''}`,
    few ? [`[${numbers.join(', ')}]`] : [],
  );
  await connection.run(`
    insert into quality.fault select check_no, rid, pid from temp.quality_fault;
    delete from quality.code_use ${ofNews};
    insert into quality.code_use select type, key, listed, pid, resources from temp.quality_code_use;
    ${few && !moved ? '' : 'delete from quality.lost_reference;'}
    insert into quality.lost_reference
    select reference, type, id from temp.quality_lost_reference
    where reference not in (select reference from quality.lost_reference);
    delete from quality.looked_at`);
  await connection.run(
    `insert into quality.looked_at
     select $1, count(*), coalesce(max(rid), 0) from registry.resource`,
    [name],
  );
  await keepNews(connection, 'checks');
}
