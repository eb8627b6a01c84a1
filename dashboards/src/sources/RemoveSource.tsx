import { useState } from 'react';
import type { SourceSummary } from '../../../apps/api/src/clinical/contract';
import { useRemoveSource } from './queries';

/** Removes a source, after a second question. */
export function RemoveSource({ source, onRemoved }: { source: SourceSummary; onRemoved: () => void }) {
  const [asked, setAsked] = useState(false);
  const remove = useRemoveSource(source.sourceId);
  return (
    <div className="remove-source">
      {asked ? (
        <>
          <span>Its runs and its key are removed; what was loaded from it stays and is counted.</span>
          <button
            type="button"
            className="button"
            disabled={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess: onRemoved })}
          >
            Remove {source.name}
          </button>
          <button type="button" className="button button-quiet" onClick={() => setAsked(false)}>
            Keep it
          </button>
        </>
      ) : (
        <button type="button" className="link-button" onClick={() => setAsked(true)}>
          Remove this source…
        </button>
      )}
      {remove.isError && (
        <p className="inline-problem" role="alert">
          {remove.error.message}
        </p>
      )}
    </div>
  );
}
