import { Diagnostic } from '@catchment/platform';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import { LineFile } from './line-file';

/** Which of the resources that are known of a source a full extract was to name. */
export interface Expected {
  source: string;
  /** SQL condition on `type` and `id`. */
  which: string;
  /** SQL query of the `type` and `id` that it names. */
  named: string;
  /** For messages: the table, or what else was read. */
  what: string;
  /** The largest share of what is known that it may take away. */
  largestShrink: number;
  /** How somebody allows more for once, for the message. */
  remedy: string;
}

/** So few may always go: a small table would be stopped by every change. */
const mayAlwaysGo = 10;
export const usualShrink = 0.2;

/**
 * Writes what is gone, as Bundles of deletions, into a file.
 * @returns how many are gone
 * @throws ShrinkRefused when so many are gone that the extract is empty or cut off rather than smaller
 */
export async function findMissing(
  connection: Connection,
  { source, which, named, what, largestShrink, remedy }: Expected,
  deletions: LineFile,
): Promise<number> {
  const known = `(
    select type, id from registry.resource where source = ${quoteLiteral(source)} and (${which})
    union
    select type, id from registry.waiting where source = ${quoteLiteral(source)} and (${which})
  )`;
  const missing = `(select type, id from ${known} as known anti join (${named}) as named using (type, id))`;
  const count = await connection.first<{ known: number; missing: number }>(`select
    (select count(*) from ${known} as known) as known, (select count(*) from ${missing} as missing) as missing`);
  if (!count?.missing) return 0;
  const isEmpty = count.missing === count.known;
  const isLarge = count.missing > mayAlwaysGo && count.missing > largestShrink * count.known;
  if ((isEmpty && largestShrink < 1) || isLarge)
    throw new ShrinkRefused(
      `${what}: ${count.missing} of the ${count.known} resources that are known are not in it any more, and a share of ${largestShrink} may go at once. Nothing was applied. Where it is complete nevertheless, ${remedy}`,
    );
  for await (const portion of connection.portions<{ type: string; id: string }>(
    `select type, id from ${missing} as missing order by type, id`,
  )) {
    for (const { type, id } of portion) deletions.add(deletionOf(type, id));
    await deletions.flush();
  }
  return count.missing;
}

/** An extract that would take away too much. */
export class ShrinkRefused extends Diagnostic {}

/** A deletion as the landing zone keeps it: a Bundle with an entry `DELETE Type/id`. */
export function deletionOf(type: string, id: string): string {
  return JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method: 'DELETE', url: `${type}/${id}` } }],
  });
}
