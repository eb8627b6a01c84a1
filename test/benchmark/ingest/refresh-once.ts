import { loadPaths } from '@catchment/ingest';
import { evaluateRun, importStarter, loadDemand } from '@catchment/measures';
import { Diagnostic, optimiseLate } from '@catchment/platform';
import { preparePopulation } from '@catchment/population';
import { openStore } from '@catchment/store';
import { buildMarts, openWarehouse, readElementFacts, readWarehouseContent } from '@catchment/warehouse';
import { refreshSteps, type Refreshed, type RefreshStep } from './refreshed';

/**
 * Loads a folder into a warehouse and brings the results of the starter measures up to it, as the worker does after a
 * pull: DATA_DIR FOLDER. Prints a `Refreshed`.
 */
async function refreshOnce(dataDir: string, folder: string): Promise<void> {
  // As the worker does.
  optimiseLate();
  const database = await openWarehouse(dataDir);
  const connection = database.main;
  const store = await openStore({ dataDir, port: 0 });
  await importStarter(connection, dataDir);
  const seconds = Object.fromEntries(refreshSteps.map((step) => [step, 0])) as Refreshed['seconds'];
  let step: RefreshStep = 'load';
  let used = process.cpuUsage();
  const begin = (next: RefreshStep): void => {
    const { user, system } = process.cpuUsage(used);
    seconds[step] += (user + system) / 1e6;
    used = process.cpuUsage();
    step = next;
  };
  const report = await loadPaths({ connection, dataDir, paths: [folder], demand: loadDemand(dataDir) });
  begin('persons, attribution');
  await preparePopulation(connection, dataDir, store.dataSource);
  begin('survey of elements');
  await readElementFacts(connection);
  begin('compile');
  const outcome = await evaluateRun({
    connection,
    dataDir,
    measureIds: 'all',
    periodStart: '2026-01-01',
    periodEnd: '2026-12-31',
    runId: 'benchmark',
    dataAsOf: '2026-12-31T00:00:00.000Z',
    onProgress: (_, detail) => begin(stepOf(detail)),
  });
  const failed = outcome.measures.filter(({ state }) => state === 'failed');
  if (failed.length > 0) throw new Diagnostic(JSON.stringify(failed));
  begin('marts');
  const { contentHash } = await buildMarts(connection, { dataDir, publishedAt: new Date(0) });
  begin('marts');
  const { resources } = await readWarehouseContent(connection);
  await store.close();
  database.close();
  const loaded = Object.values(report.loaded).reduce((sum, count) => sum + count, 0);
  process.stdout.write(`${JSON.stringify({ seconds, loaded, content: resources, results: contentHash })}\n`);
}

/** The step that a run begins when it says this. */
function stepOf(detail: string): RefreshStep {
  if (detail.startsWith('evaluating ')) return 'measures';
  if (detail === 'checking the data') return 'checks';
  return detail === 'evaluated' ? 'marts' : 'compile';
}

void refreshOnce(process.argv[2]!, process.argv[3]!);
