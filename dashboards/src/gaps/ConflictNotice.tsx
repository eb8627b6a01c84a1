import type { GapWorkChange } from '../../../apps/api/src/clinical/contract';
import { dateText } from '../design/format';
import { workStatusText } from './work-text';

interface ConflictNoticeProps {
  /** What was not saved. */
  change: GapWorkChange;
  /** The service's words: who changed it and when. */
  detail: string;
  onTakeOver: () => void;
  onDrop: () => void;
}

/** Somebody else was first: the form shows what is there now, this what was not saved; the person decides. */
export function ConflictNotice({ change, detail, onTakeOver, onDrop }: ConflictNoticeProps) {
  return (
    <div className="work-conflict" role="alert">
      <strong>Not saved: somebody else was first</strong>
      <p>{detail}. The form shows how it stands now.</p>
      <p>
        You had chosen <strong>{summaryOf(change)}</strong>
        {change.note && <> with the note “{change.note}”</>}.
      </p>
      <div className="form-actions">
        <button type="button" className="button" onClick={onTakeOver}>
          Put mine into the form
        </button>
        <button type="button" className="button button-quiet" onClick={onDrop}>
          Leave theirs
        </button>
      </div>
    </div>
  );
}

function summaryOf({ status, assignee, nextActionDate, snoozeUntil, declineReason }: GapWorkChange): string {
  return [
    workStatusText(status),
    snoozeUntil && `until ${dateText(snoozeUntil)}`,
    declineReason && `because ${declineReason}`,
    assignee && `for ${assignee}`,
    nextActionDate && `next action ${dateText(nextActionDate)}`,
  ]
    .filter(Boolean)
    .join(', ');
}
