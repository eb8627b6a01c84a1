import { Link } from 'react-router-dom';
import type { GapItem } from '../../../apps/api/src/clinical/contract';
import { dateText } from '../design/format';
import { patientPath } from '../measurement/links';
import { GapChip } from './GapChip';

interface GapLineProps {
  gap: GapItem;
  patientId: string;
}

/** One gap: which measure, computed status, the reason in a sentence, what would close it and by when. */
export function GapLine({ gap, patientId }: GapLineProps) {
  return (
    <div className="gap-line">
      <span className="gap-line-title">
        <Link to={patientPath(patientId, gap.measureId)}>{gap.measureTitle}</Link>
        <GapChip status={gap.gapStatus} reason={gap.gapReason} />
      </span>
      {gap.detail && <span className="reason-line">{gap.detail}</span>}
      <span className="cell-second">
        {gap.closesWith && <>closes with {gap.closesWith} · </>}due {dateText(gap.dueDate)}
      </span>
    </div>
  );
}
