import type { GapReason, GapStatus } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { gapReasonText, gapStatusText, gapTone } from './gap-text';

/** Computed status of a gap and, when it is open, why: `open · out of range`. */
export function GapChip({ status, reason }: { status: GapStatus; reason: GapReason | null }) {
  const because = status === 'open-gap' && reason ? ` · ${gapReasonText(reason)}` : '';
  return (
    <Chip tone={gapTone(status)}>
      {gapStatusText(status)}
      {because}
    </Chip>
  );
}
