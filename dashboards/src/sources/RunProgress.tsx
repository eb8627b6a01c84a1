import type { SourceRun } from '../../../apps/api/src/clinical/contract';
import { progressShare, progressText } from './run-text';

/** How far a run is, in words and as a bar where the share is known. */
export function RunProgress({ run }: { run: SourceRun }) {
  if (!run.progress) return null;
  const share = progressShare(run.progress);
  return (
    <span className="run-progress">
      <span className="number">{progressText(run.progress)}</span>
      {share !== null && <progress value={share} max={1} aria-label="Share that is done" />}
    </span>
  );
}
