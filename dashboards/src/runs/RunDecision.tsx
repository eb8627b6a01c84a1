import { useState, type FormEvent } from 'react';
import type { Run } from '../../../apps/api/src/clinical/contract';
import { Drawer } from '../design/Drawer';
import { dateText } from '../design/format';
import { useMay } from '../session/abilities';
import { useDecideRun, type DecisionKind } from './queries';
import { suspicionText } from './suspicion-text';

/** So many stand in the row itself; a broken feed makes a line for every type. */
const FIRST = 3;

/** What is suspicious about a run, what was decided, and for who may: the decision. */
export function RunDecision({ run }: { run: Run }) {
  const mayDecide = useMay('change:Run');
  const [asked, setAsked] = useState<DecisionKind | null>(null);
  const { suspicions, decision } = run;
  if (suspicions.length === 0) return null;
  const waits = run.state === 'suspicious' && decision === null;
  return (
    <div className="run-decision">
      <Suspicions suspicions={suspicions.slice(0, FIRST)} />
      {suspicions.length > FIRST && (
        <details className="run-measures">
          <summary>{suspicions.length - FIRST} more</summary>
          <Suspicions suspicions={suspicions.slice(FIRST)} />
        </details>
      )}
      {decision && <span className="cell-second">{decisionText(run.state, decision)}</span>}
      {waits && mayDecide && (
        <span className="run-decision-actions">
          <button type="button" className="button button-small" onClick={() => setAsked('publication')}>
            Publish anyway
          </button>
          <button type="button" className="button button-small" onClick={() => setAsked('dismissal')}>
            Dismiss
          </button>
        </span>
      )}
      {asked && <DecisionDrawer run={run} kind={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

function decisionText(state: Run['state'], { action, by, at, reason }: NonNullable<Run['decision']>): string {
  const done =
    action === 'dismiss' ? 'Dismissed' : state === 'suspicious' ? 'Being published, asked' : 'Published';
  return `${done} by ${by} on ${dateText(at)}: ${reason}`;
}

function Suspicions({ suspicions }: Pick<Run, 'suspicions'>) {
  return (
    <ul className="suspicions">
      {suspicions.map((suspicion) => (
        <li key={suspicionText(suspicion)}>{suspicionText(suspicion)}</li>
      ))}
    </ul>
  );
}

const WORDS: Record<DecisionKind, { title: string; effect: string; button: string }> = {
  publication: {
    title: 'Publish this run anyway',
    effect: 'Its numbers, gaps and lists replace today’s for everybody.',
    button: 'Publish',
  },
  dismissal: {
    title: 'Dismiss this run',
    effect: 'Its numbers will not be published. Today’s stay until a later run succeeds.',
    button: 'Dismiss',
  },
};

function DecisionDrawer({ run, kind, onClose }: { run: Run; kind: DecisionKind; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const decide = useDecideRun(run.runId, kind);
  const { title, effect, button } = WORDS[kind];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decide.mutate({ reason }, { onSuccess: onClose });
  };
  return (
    <Drawer label={title} title={<strong>{title}</strong>} onClose={onClose}>
      <form className="panel panel-body start-run" onSubmit={submit}>
        <Suspicions suspicions={run.suspicions} />
        <p className="quiet">{effect} Your name and reason are kept with the run and in the audit trail.</p>
        <label className="field">
          Reason
          <input
            className="input"
            required
            maxLength={500}
            placeholder={
              kind === 'publication' ? 'for example: two sites left' : 'for example: the feed was cut short'
            }
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {decide.isError && (
          <p className="inline-problem" role="alert">
            {decide.error.message}
          </p>
        )}
        <div>
          <button type="submit" className="button button-primary" disabled={decide.isPending}>
            {decide.isPending ? 'Asking…' : button}
          </button>
        </div>
      </form>
    </Drawer>
  );
}
