import type { Demand } from '@catchment/fhir';
import { Defect } from '@catchment/platform';
import { quoteLiteral, type Connection } from '@catchment/warehouse';
import type { Check } from './check';
import { readLostReferences } from './references';
import { readQuantities } from './values';

/** A check and its position in the list of all. */
export type NumberedCheck = readonly [number, Check];

/**
 * Asks the typed tables the checks and adds what is wrong to `temp.quality_fault(check_no, rid, pid)`. Only faults have
 * rows: sound data cost no space.
 */
export async function runChecks(
  connection: Connection,
  held: Demand,
  checks: readonly NumberedCheck[],
): Promise<void> {
  if (checks.some(([, { restsOn }]) => restsOn === 'registry')) await readLostReferences(connection, held);
  if (checks.some(([, { restsOn }]) => restsOn === undefined)) await readQuantities(connection, held);
  for (const [number, check] of checks) {
    try {
      await connection.run(
        `insert into temp.quality_fault select ${number}, rid, pid from (${check.faults})`,
      );
    } catch (error) {
      throw new Defect(`the check ${check.id} of ${check.type} does not run`, { cause: error });
    }
  }
}

/** `temp.quality_check(check_no, id, severity, type)`. */
export async function describeChecks(connection: Connection, checks: readonly Check[]): Promise<void> {
  await connection.run(
    'create or replace temp table quality_check (check_no integer, id varchar, severity varchar, type varchar)',
  );
  if (checks.length > 0)
    await connection.run(
      `insert into temp.quality_check values ${checks
        .map(
          ({ id, severity, type }, number) =>
            `(${number}, ${[id, severity, type].map(quoteLiteral).join(', ')})`,
        )
        .join(', ')}`,
    );
}

/** Drops what checks leave in the connection. */
export async function dropChecks(connection: Connection): Promise<void> {
  for (const table of [
    'fault',
    'check',
    'quantity',
    'range',
    'unknown_unit',
    'lost_reference',
    'code_use',
    'stored',
    'input',
    'input_key',
    'relevant',
  ])
    await connection.run(`drop table if exists temp.quality_${table}`);
}
