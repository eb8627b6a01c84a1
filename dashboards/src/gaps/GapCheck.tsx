import type { GapPlace } from '../../../apps/api/src/clinical/contract';
import { useGapSelection } from './selection';

interface GapCheckProps {
  place: GapPlace;
  measureTitle: string;
  fullName: string;
}

/** Chooses a gap, where gaps can be chosen. */
export function GapCheck({ place, measureTitle, fullName }: GapCheckProps) {
  const selection = useGapSelection();
  if (!selection) return null;
  return (
    <input
      type="checkbox"
      className="gap-check"
      aria-label={`Select ${measureTitle} of ${fullName}`}
      checked={selection.isSelected(place)}
      onChange={() => selection.toggle(place)}
    />
  );
}
