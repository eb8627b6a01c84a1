import type { DataSnapshot } from '@catchment/store';
import type { PublishedRun } from './published-run';

export interface RunToPlan {
  measureIds: readonly string[] | 'all';
  periodStart: string;
  periodEnd: string;
}

/** What the warehouse and the records know when a run begins. */
export interface BeforeRun {
  published?: PublishedRun;
  /** The run that the `results` schema holds. */
  resultsOf?: string;
  /** Of the published run, as far as it is recorded. */
  publishedSnapshot?: Partial<DataSnapshot>;
  publishedEngine?: string;
  snapshot: Pick<DataSnapshot, 'content'>;
  engine: string;
}

export interface RunPlan {
  measureIds: readonly string[] | 'all';
  /** Measures of the published run whose results stay as they are. */
  kept: string[];
  /** Why the run's numbers don't become the published ones; absent: they do. */
  unpublished?: string;
}

/**
 * What a run evaluates and publishes (docs/adr/0007). A publication holds every measure, and all of them are of the same
 * data and period: a run of some measures keeps the published results of the others while they are of the same data,
 * evaluates them again when the data have changed, and publishes nothing when its period is another one.
 */
export function planRun(run: RunToPlan, before: BeforeRun): RunPlan {
  const { measureIds } = run;
  const { published } = before;
  if (measureIds === 'all' || !published) return { measureIds, kept: [] };
  const others = published.measureIds.filter((id) => !measureIds.includes(id));
  if (others.length === 0) return { measureIds, kept: [] };
  if (run.periodStart !== published.periodStart || run.periodEnd !== published.periodEnd) {
    const period = `${published.periodStart} to ${published.periodEnd}`;
    return {
      measureIds,
      kept: [],
      unpublished: `not published: the published numbers are of ${period} and also of ${others.join(', ')}; a run of all measures replaces them`,
    };
  }
  if (isOfSameData(before, published)) return { measureIds, kept: others };
  return { measureIds: [...measureIds, ...others], kept: [] };
}

function isOfSameData(before: BeforeRun, published: PublishedRun): boolean {
  return (
    before.resultsOf === published.runId &&
    before.publishedSnapshot?.content === before.snapshot.content &&
    before.publishedEngine === before.engine
  );
}
