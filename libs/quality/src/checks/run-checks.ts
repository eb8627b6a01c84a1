import { Defect } from '@catchment/platform';
import { quoteLiteral, readDemand, type Connection } from '@catchment/warehouse';
import type { Check } from './check';
import { completenessChecks } from './completeness';
import { duplicateChecks } from './duplicates';
import { plausibilityChecks } from './plausibility';
import { referenceChecks, sharedIdChecks } from './references';
import { readQuantities } from './values';

/**
 * Asks the typed tables every check and keeps what is wrong in `temp.quality_fault(check_no, rid)`, `check_no` being
 * the position in the returned list. Only faults have rows: sound data cost no space.
 */
export async function runChecks(connection: Connection, asOf: string): Promise<Check[]> {
  const held = await readDemand(connection);
  const checks = [
    ...completenessChecks(held),
    ...plausibilityChecks(held, asOf),
    ...(await readQuantities(connection, held)),
    ...(await referenceChecks(connection, held)),
    ...sharedIdChecks(held),
    ...(await duplicateChecks(connection, held)),
  ];
  await connection.run('create or replace temp table quality_fault (check_no integer, rid bigint)');
  for (const [number, check] of checks.entries()) {
    try {
      await connection.run(`insert into temp.quality_fault select ${number}, rid from (${check.faults})`);
    } catch (error) {
      throw new Defect(`the check ${check.id} of ${check.type} does not run`, { cause: error });
    }
  }
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
  return checks;
}

/** Drops what checks leave in the connection. */
export async function dropChecks(connection: Connection): Promise<void> {
  for (const table of [
    'fault',
    'check',
    'quantity',
    'range',
    'lost_reference',
    'input',
    'input_key',
    'relevant',
  ])
    await connection.run(`drop table if exists temp.quality_${table}`);
}
