import type { DemandNode } from '@catchment/fhir';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';
import { DoubtfulText, extendDictionaries } from './dictionary';
import { patientPath } from './patient-compartment';
import {
  arrived,
  incoming,
  shredForLoad,
  stageResources,
  type LoadShred,
  type ResourceBatch,
} from './stage-resources';
import { forgetRemembered, setAside, type Aside } from './store-aside';
import { clusterOrder, typedTable } from './typed-table';

/** What became of the resources of a batch; loaded, unchanged, outdated and quarantined add up to what arrived. */
export interface BatchOutcome {
  loaded: number;
  unchanged: number;
  /** Older than what is stored, was deleted, or waits for its patient. */
  outdated: number;
  quarantined: number;
  /** Did concepts appear that value sets have to be bound to again? */
  dictionariesGrew: boolean;
}

/**
 * Stores a batch of resources of one type: typed table, registry, dictionaries. Either all of it or, after an error
 * or a crash, nothing (only quarantine entries of unreadable resources may stand already). The typed table exists
 * and holds `demand`; batches of Patient come first.
 */
export async function storeResources(
  connection: Connection,
  batch: ResourceBatch,
  demand: DemandNode,
): Promise<BatchOutcome> {
  const shredded = shredForLoad(batch.type, demand);
  try {
    return await storeStaged(connection, batch, shredded, false);
  } catch (error) {
    if (!(error instanceof DoubtfulText)) throw error;
    return await storeStaged(connection, batch, shredded, true);
  } finally {
    await connection.run(
      ['incoming_resource', 'arrived_resource', 'aside', 'replaced']
        .map((name) => `drop table if exists temp.${name}`)
        .join('; '),
    );
  }
}

async function storeStaged(
  connection: Connection,
  batch: ResourceBatch,
  shredded: LoadShred,
  doubted: boolean,
): Promise<BatchOutcome> {
  const unreadable = await stageResources(connection, batch, shredded, doubted);
  return connection.transaction(async () => {
    const aside = await setAside(connection, batch);
    const dictionariesGrew = await extendDictionaries(connection, batch, shredded, doubted);
    const loaded = await insertResources(connection, batch, shredded, aside);
    if (aside.remembered) await forgetRemembered(connection, batch);
    const { unchanged, outdated, quarantined } = aside;
    return { loaded, unchanged, outdated, quarantined: unreadable + quarantined, dictionariesGrew };
  });
}

async function insertResources(
  connection: Connection,
  batch: ResourceBatch,
  shredded: LoadShred,
  aside: Aside,
): Promise<number> {
  const { type, source } = batch;
  const notStored = aside.unchanged + aside.outdated + aside.quarantined;
  const kept = notStored > 0 ? 'where place.n not in (select n from temp.aside)' : '';
  if (type === 'Patient') await insertSubjects(connection, source, kept);
  if (aside.replaces) {
    await connection.run(`
      delete from ${typedTable(type)} where rid in (select rid from temp.replaced);
      delete from registry.resource where rid in (select rid from temp.replaced)`);
  }
  const counter = await connection.first<{ rid: number }>('select rid from registry.counter');
  const own = `${counter?.rid ?? 0} + 1 + place.n`;
  const rid = aside.replaces ? `coalesce(replaced.rid, ${own})` : own;
  const pid = type === 'Patient' ? 'own.pid' : 'place.pid';
  const places = `${arrived} as place
    ${type === 'Patient' ? `join registry.subject as own on own.source = ${quoteLiteral(source)} and own.id = place.patient` : ''}
    ${aside.replaces ? 'left join temp.replaced as replaced on replaced.n = place.n' : ''}`;
  const columns = shredded.columns.map(
    ({ name }) => `staged.${quoteIdentifier(`.${name}`)} as ${quoteIdentifier(name)}`,
  );
  await connection.run(`insert into ${typedTable(type)}
    select ${[`${pid} as pid`, `${rid} as rid`, 'place.id', ...columns].join(', ')}
    from ${incoming} as staged join ${places} on place.n = staged.rowid
    ${kept}
    order by ${clusterOrder(shredded)}`);
  await connection.run(`insert into registry.resource
    select ${rid}, ${pid}, ${quoteLiteral(type)}, place.id, ${quoteLiteral(source)}, place.hash,
      place.last_updated, place.file_id, place.line
    from ${places}
    ${kept}`);
  await connection.run(`update registry.counter set rid = rid + ${aside.places}`);
  return aside.arrived - notStored;
}

/** Numbers the patients who were not known yet, in the order of their ids. */
async function insertSubjects(connection: Connection, source: string, kept: string): Promise<void> {
  await connection.run(`insert into registry.subject
    select (select pid from registry.counter) + row_number() over (order by id), ${quoteLiteral(source)}, id
    from (
      select distinct patient as id from ${arrived} as place ${kept}
      except
      select id from registry.subject where source = ${quoteLiteral(source)}
    )`);
  await connection.run(
    'update registry.counter set pid = greatest(pid, (select coalesce(max(pid), 0) from registry.subject))',
  );
}

/** Has this type a patient at all? */
export function isInPatientCompartment(type: string): boolean {
  return type === 'Patient' || patientPath(type) !== undefined;
}
