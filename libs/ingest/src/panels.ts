import { Diagnostic } from '@catchment/platform';
import type { Connection } from '@catchment/warehouse';
import type { EventOriginal } from './landing-files';
import type { LoadEvent } from './ledger';
import { landed, originals } from './select-landed';

/**
 * Which patients of a source are evaluated. A panel is named completely by every load that speaks of it; whoever is
 * in no panel of a source that has any stays in the warehouse and leaves the evaluated population
 * (`registry.population`) until a panel names the patient again.
 */
export type Panel =
  | {
      name: string;
      /** The Patients in the files of this load, a whole export of the panel; or ids of patients. */
      patients: 'of these files' | readonly string[];
    }
  | {
      name: string;
      /** The source has this panel no more. Without any panel, all its patients are evaluated. */
      ended: true;
    };

/** @throws Diagnostic for a name or a list that cannot be meant. */
export function checkPanel(panel: Panel): void {
  if (panel.name.trim() === '') throw new Diagnostic('a panel needs a name');
  if (!('patients' in panel) || panel.patients === 'of these files') return;
  if (panel.patients.length === 0) throw emptyPanel(panel.name);
  if (panel.patients.some((id) => !/^[A-Za-z0-9.-]{1,64}$/.test(id)))
    throw new Diagnostic(`the panel "${panel.name}" lists something that is no id of a patient`);
}

export function emptyPanel(name: string): Diagnostic {
  return new Diagnostic(
    `the panel "${name}" has no patient, and all others would leave the population; ` +
      'load it with its patients, or end it when the source has it no more',
  );
}

/** Replaces the patients of the event's panel. To be called in a transaction, with `temp.landed_line` in place. */
export async function applyPanel(
  connection: Connection,
  dataDir: string,
  { panel, source }: LoadEvent,
  files: readonly EventOriginal[],
): Promise<void> {
  if (!panel) return;
  const own = [source, panel.name];
  await connection.run('delete from registry.panel where source = $1 and panel = $2', own);
  await connection.run('delete from registry.panel_member where source = $1 and panel = $2', own);
  if ('ended' in panel) return;
  const lists = files.filter(({ kind }) => kind === 'panel');
  const patients =
    panel.patients === 'of a list'
      ? originals(dataDir, lists, 'id')
      : `select id from ${landed} where type = 'Patient'`;
  await connection.run('insert into registry.panel values ($1, $2)', own);
  await connection.run(
    `insert into registry.panel_member
     select distinct $1, $2, id from (${patients}) -- a patient may stand in several files`,
    own,
  );
}

/** How many patients of a source are not evaluated. */
export async function countLeavers(connection: Connection, source: string): Promise<number> {
  const counted = await connection.first<{ n: number }>(
    `select count(*) as n from registry.leaver join registry.subject using (pid) where source = $1`,
    [source],
  );
  return counted!.n;
}
