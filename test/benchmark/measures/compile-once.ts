import { CodeSetNumbers } from '@catchment/cql';
import { prepareMeasures, RunBinding } from '@catchment/measures';
import { Diagnostic, optimiseLate } from '@catchment/platform';
import { bindMembers, unitsInData } from '@catchment/terminology';
import { openWarehouse, readElementFacts } from '@catchment/warehouse';
import { cpuSeconds, evaluatedAt, period } from './workbench';

/** CPU-seconds, those of the process's background threads (JIT, garbage collection) included. */
export interface CompileCost {
  /** From packages in the store to plans. */
  plan: number;
  print: number;
  /** Code sets and units, what the data contain of them being known. */
  bind: number;
  /** Seconds that plan, print and bind took. */
  wall: number;
}

/** DATA_DIR MEASURE_ID…: prints a `CompileCost`. Value sets that are not there cost nothing and are no failure here. */
async function compileOnce([dataDir, ...measureIds]: string[]): Promise<void> {
  // As the processes do that compile measures.
  optimiseLate();
  const database = await openWarehouse(dataDir!, { threads: 2 });
  const connection = database.main;
  const facts = await readElementFacts(connection);
  await bindMembers(connection);
  await unitsInData(connection);
  const began = performance.now();
  const at = [cpuSeconds()];
  const codeSetNumbers = new CodeSetNumbers();
  const request = { dataDir: dataDir!, measureIds, period, evaluatedAt, facts, codeSetNumbers };
  const { prepared, failed } = prepareMeasures(request);
  if (failed.length > 0) throw new Diagnostic(failed.map(({ reason }) => reason).join('\n'));
  at.push(cpuSeconds());
  // Printed when it is first asked for.
  for (const { compiled } of prepared) void compiled.program;
  at.push(cpuSeconds());
  await RunBinding.of(
    connection,
    prepared.map(({ compiled }) => compiled),
  );
  at.push(cpuSeconds());
  const cost: CompileCost = {
    plan: at[1]! - at[0]!,
    print: at[2]! - at[1]!,
    bind: at[3]! - at[2]!,
    wall: (performance.now() - began) / 1000,
  };
  database.close();
  process.stdout.write(`${JSON.stringify(cost)}\n`);
}

void compileOnce(process.argv.slice(2));
