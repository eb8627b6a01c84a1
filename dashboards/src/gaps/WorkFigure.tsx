import type { GapWork } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { dateText, plural } from '../design/format';
import { workStatusText } from './gap-text';

/** What a person is doing about a gap. Separate from the computed status: a remark never closes a gap. */
export function WorkFigure({ work }: { work: GapWork | null }) {
  if (!work) return <span className="quiet">not started</span>;
  return (
    <span className="work-figure">
      <Chip tone="outline">{workStatusText(work.status)}</Chip>
      {work.assignee && <span className="cell-second">{work.assignee}</span>}
      {work.attempts > 0 && (
        <span className="cell-second number">
          {plural(work.attempts, 'attempt')}
          {work.lastAttempt && `, last ${dateText(work.lastAttempt)}`}
        </span>
      )}
      {work.nextActionDate && (
        <span className="cell-second number">next {dateText(work.nextActionDate)}</span>
      )}
    </span>
  );
}
