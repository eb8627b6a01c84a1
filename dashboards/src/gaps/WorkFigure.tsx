import type { GapWork } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { dateText, plural } from '../design/format';
import { useNameOf } from './work-queries';
import { workStatusText } from './work-text';

/** What a person is doing about a gap. Separate from the computed status: a remark never closes a gap. */
export function WorkFigure({ work }: { work: GapWork | null }) {
  const nameOf = useNameOf();
  if (!work) return <span className="quiet">not started</span>;
  const next = work.nextActionDate ?? work.snoozeUntil;
  return (
    <span className="work-figure">
      <Chip tone="outline">{workStatusText(work.status)}</Chip>
      {work.declineReason && <span className="cell-second">{work.declineReason}</span>}
      {work.assignee && <span className="cell-second">{nameOf(work.assignee)}</span>}
      {work.attempts > 0 && (
        <span className="cell-second number">
          {plural(work.attempts, 'attempt')}
          {work.lastAttempt && `, last ${dateText(work.lastAttempt)}`}
        </span>
      )}
      {next && (
        <span className="cell-second number">
          {work.status === 'snoozed' ? 'until' : 'next'} {dateText(next)}
        </span>
      )}
      {work.note && <span className="cell-second work-note">{work.note}</span>}
    </span>
  );
}
