import type { SourceSummary } from '../../../apps/api/src/clinical/contract';
import { useStartPull } from './queries';
import { isUnderWay } from './run-text';

/**
 * Asks for a run now, besides the schedule; one at a time. After one that was stopped because
 * too much is gone at a database, whoever knows that so much is gone may allow it for once.
 */
export function StartPull({ source }: { source: SourceSummary }) {
  const start = useStartPull(source.sourceId);
  const refusedLoss =
    source.sql?.removesMissing === true &&
    source.lastRun?.findings.some(({ code }) => code === 'too-much-gone') === true;
  const busy = source.lastRun !== null && isUnderWay(source.lastRun);
  return (
    <>
      <button
        type="button"
        className="button button-primary"
        disabled={busy || start.isPending}
        onClick={() => start.mutate({ allowsLoss: false })}
      >
        {busy ? 'Under way' : start.isPending ? 'Asking…' : 'Pull now'}
      </button>
      {refusedLoss && (
        <button
          type="button"
          className="button"
          disabled={start.isPending}
          title="This once the pull takes away whatever the database does not have any more"
          onClick={() => start.mutate({ allowsLoss: true })}
        >
          Pull now and allow the loss
        </button>
      )}
      {start.isError && (
        <p className="inline-problem" role="alert">
          {start.error.message}
        </p>
      )}
    </>
  );
}
