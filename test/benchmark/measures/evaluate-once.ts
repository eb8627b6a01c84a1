import { evaluateRun } from '@catchment/measures';
import { openWarehouse } from '@catchment/warehouse';
import { cpuSeconds, evaluatedAt, period } from './workbench';

/** What one evaluation run of its own process cost. */
export interface EvaluationCost {
  patients: number;
  /** CPU-seconds of compiling all measures. */
  compile: number;
  /** CPU-seconds from compiled measures to results, explanations included. */
  evaluate: number;
  /** CPU-seconds of the checks of the data that a run ends with; next to none for a copy, which is not checked. */
  quality: number;
  /** Highest resident memory of the process, bytes. */
  rss: number;
  measures: { measureId: string; seconds: number; failure?: string }[];
}

/** One evaluation run: DATA_DIR MEMORY_LIMIT MEASURE_ID… (none: all). Prints an `EvaluationCost`. */
async function evaluateOnce([dataDir, memoryLimit, ...measureIds]: string[]): Promise<void> {
  const database = await openWarehouse(dataDir!, { threads: 2, memoryLimit });
  const steps: { detail: string; at: number }[] = [];
  // A copy has no registry of resources: all its references would lead nowhere.
  const registered = await database.main.first('select 1 as found from registry.resource limit 1');
  const outcome = await evaluateRun({
    connection: database.main,
    dataDir: dataDir!,
    measureIds: measureIds.length > 0 ? measureIds : 'all',
    periodStart: period.start,
    periodEnd: period.end,
    runId: 'benchmark',
    dataAsOf: evaluatedAt,
    checks: registered !== undefined,
    // Else a second run would find nothing to do.
    everybody: true,
    onProgress: (_, detail) => steps.push({ detail, at: cpuSeconds() }),
  });
  database.close();
  const first = steps.findIndex(({ detail }) => detail.startsWith('evaluating '));
  const last = steps.at(-1)!.at;
  const checking = steps.find(({ detail }) => detail === 'checking the data')!.at;
  const measures = outcome.measures.map((measure) => {
    const at = steps.findIndex(({ detail }) => detail === `evaluating ${measure.measureId}`);
    const seconds = at < 0 ? 0 : steps[at + 1]!.at - steps[at]!.at;
    const failure = measure.state === 'failed' ? measure.reason : undefined;
    return { measureId: measure.measureId, seconds, failure };
  });
  const cost: EvaluationCost = {
    patients: outcome.patients,
    compile: (steps[1]?.at ?? last) - steps[0]!.at,
    evaluate: checking - (steps[first]?.at ?? checking),
    quality: last - checking,
    rss: process.resourceUsage().maxRSS * 1024,
    measures,
  };
  process.stdout.write(`${JSON.stringify(cost)}\n`);
}

void evaluateOnce(process.argv.slice(2));
