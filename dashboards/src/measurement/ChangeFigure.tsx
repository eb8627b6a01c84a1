import type { Change } from '../../../apps/api/src/clinical/contract';
import { DASH, monthText, signedText } from '../design/format';

/** Change since the month before, in points and patients; the colour and the word say better or worse. */
export function ChangeFigure({ change }: { change: Change | null }) {
  if (!change) return <span className="quiet">{DASH}</span>;
  const tone = change.better === null ? 'quiet' : change.better ? 'tone-better' : 'tone-worse';
  const word = change.better === null ? 'same' : change.better ? 'better' : 'worse';
  return (
    <span className="change" title={`since ${monthText(change.sincePeriodEnd)}`}>
      <span className={`${tone} number`}>
        {change.points === null ? 'no rate before' : `${signedText(change.points, 1)} pt`} {word}
      </span>
      <span className="cell-second number">
        {signedText(change.patients)} {Math.abs(change.patients) === 1 ? 'patient' : 'patients'}
      </span>
    </span>
  );
}
