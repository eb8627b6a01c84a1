import type { SourceRun } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { plural } from '../design/format';
import { RunProgress } from './RunProgress';
import { toneOf } from './run-text';

/** State of a run with what a person has to know at once: progress, why it failed, how much it found. */
export function RunState({ run }: { run: SourceRun }) {
  const { state, error, findings, cancelRequested } = run;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const found = [errors && plural(errors, 'problem'), warnings && plural(warnings, 'warning')].filter(
    Boolean,
  );
  return (
    <>
      <span className="chips">
        <Chip tone={toneOf(state)}>{state}</Chip>
        {cancelRequested && (state === 'queued' || state === 'running') && (
          <Chip tone="outline">cancelling</Chip>
        )}
      </span>
      <RunProgress run={run} />
      {error && <span className="cell-second run-error">{error}</span>}
      {found.length > 0 && <span className="cell-second">{found.join(', ')}</span>}
    </>
  );
}
