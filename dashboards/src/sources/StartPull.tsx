import type { SourceSummary } from '../../../apps/api/src/clinical/contract';
import { useStartPull } from './queries';
import { isUnderWay } from './run-text';

/** Asks for a run now, besides the schedule; one at a time. */
export function StartPull({ source }: { source: SourceSummary }) {
  const start = useStartPull(source.sourceId);
  const busy = source.lastRun !== null && isUnderWay(source.lastRun);
  return (
    <>
      <button
        type="button"
        className="button button-primary"
        disabled={busy || start.isPending}
        onClick={() => start.mutate(undefined)}
      >
        {busy ? 'Under way' : start.isPending ? 'Asking…' : 'Pull now'}
      </button>
      {start.isError && (
        <p className="inline-problem" role="alert">
          {start.error.message}
        </p>
      )}
    </>
  );
}
