import { useState, type FormEvent } from 'react';
import type { Run } from '../../../apps/api/src/clinical/contract';
import { Drawer } from '../design/Drawer';
import { useStartRun } from './queries';

/** Asks for a run of every measure over a period, with the reason that the run will carry. */
export function StartRun({ runs }: { runs: Run[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button button-primary" onClick={() => setOpen(true)}>
        Start a run
      </button>
      {open && <StartRunDrawer last={runs[0]} onClose={() => setOpen(false)} />}
    </>
  );
}

function StartRunDrawer({ last, onClose }: { last?: Run; onClose: () => void }) {
  const [periodStart, setPeriodStart] = useState(last?.periodStart ?? '');
  const [periodEnd, setPeriodEnd] = useState(last?.periodEnd ?? '');
  const [reason, setReason] = useState('');
  const start = useStartRun();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate({ periodStart, periodEnd, reason }, { onSuccess: onClose });
  };
  return (
    <Drawer label="Start a run" title={<strong>Start an evaluation run</strong>} onClose={onClose}>
      <form className="panel panel-body start-run" onSubmit={submit}>
        <p className="quiet">
          Evaluates every measure. Its numbers replace today’s when it succeeds; until then nothing changes.
          Where data are missing compared with today’s numbers, somebody has to decide first.
        </p>
        <label className="field">
          First day of the measurement period
          <input
            className="input"
            type="date"
            required
            value={periodStart}
            onChange={(event) => setPeriodStart(event.target.value)}
          />
        </label>
        <label className="field">
          Last day
          <input
            className="input"
            type="date"
            required
            min={periodStart}
            value={periodEnd}
            onChange={(event) => setPeriodEnd(event.target.value)}
          />
        </label>
        <label className="field">
          Reason
          <input
            className="input"
            required
            maxLength={500}
            placeholder="for example: value sets of November imported"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {start.isError && (
          <p className="inline-problem" role="alert">
            {start.error.message}
          </p>
        )}
        <div>
          <button type="submit" className="button button-primary" disabled={start.isPending}>
            {start.isPending ? 'Asking…' : 'Start'}
          </button>
        </div>
      </form>
    </Drawer>
  );
}
