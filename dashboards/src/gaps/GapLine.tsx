import { Link } from 'react-router-dom';
import type { GapItem } from '../../../apps/api/src/clinical/contract';
import { DatedText } from '../design/DatedText';
import { patientPath } from '../measurement/links';
import { GapCheck } from './GapCheck';
import { GapChip } from './GapChip';

interface GapLineProps {
  gap: GapItem;
  patientId: string;
  fullName: string;
}

/** One gap: which measure, computed status, the reason in a sentence and what would close it. */
export function GapLine({ gap, patientId, fullName }: GapLineProps) {
  const { measureId, groupId, measureTitle } = gap;
  return (
    <div className="gap-line">
      <span className="gap-line-title">
        <GapCheck place={{ patientId, measureId, groupId }} measureTitle={measureTitle} fullName={fullName} />
        <Link to={patientPath(patientId, gap.measureId)}>{gap.measureTitle}</Link>
        <GapChip status={gap.gapStatus} reason={gap.gapReason} />
      </span>
      {gap.detail && (
        <span className="gap-detail">
          <DatedText>{gap.detail}</DatedText>
        </span>
      )}
      {closing(gap) && <span className="cell-second gap-detail">closes with {closing(gap)}</span>}
    </div>
  );
}

/** What would close it, unless the reason ("never recorded: …") has just named the same. */
function closing({ gapStatus, closesWith, detail }: GapItem): string | null {
  if (gapStatus === 'closed-gap' || !closesWith || detail?.endsWith(closesWith)) return null;
  return closesWith;
}
