import { useId } from 'react';
import { Link } from 'react-router-dom';
import type { PatientMeasureResult } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { DatedText } from '../design/DatedText';
import { GapChip } from '../gaps/GapChip';
import { membershipText } from '../measurement/population';

interface MeasureResultsProps {
  results: PatientMeasureResult[];
  selected: string | null;
}

/** Every measure's result. Those to act on come first; `not evaluated` is a result of its own. */
export function MeasureResults({ results, selected }: MeasureResultsProps) {
  const heading = useId();
  const ordered = [...results].sort((a, b) => rank(a) - rank(b));
  return (
    <section className="panel" aria-labelledby={heading}>
      <div className="panel-header">
        <h2 id={heading}>Measures</h2>
      </div>
      <ul className="measure-results">
        {ordered.map((result) => (
          <li key={`${result.measureId} ${result.groupId}`}>
            <Link
              to={`?measure=${encodeURIComponent(result.measureId)}`}
              aria-current={result.measureId === selected ? 'true' : undefined}
              preventScrollReset
            >
              <span className="measure-result-title">{result.title}</span>
              <ResultChip result={result} />
              <span className="cell-second">
                <DatedText>{result.gap?.detail ?? reasonWithoutGap(result)}</DatedText>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ResultChip({ result }: { result: PatientMeasureResult }) {
  if (!result.evaluated) return <Chip tone="unknown">not evaluated</Chip>;
  if (result.gap && result.gap.gapStatus !== 'not-applicable') {
    return <GapChip status={result.gap.gapStatus} reason={result.gap.gapReason} />;
  }
  return <Chip>{result.populations.includes('denominator-exclusion') ? 'excluded' : 'not applicable'}</Chip>;
}

function reasonWithoutGap(result: PatientMeasureResult): string {
  return result.evaluated ? membershipText(result.populations) : 'the last run did not evaluate it';
}

function rank({ evaluated, gap, populations }: PatientMeasureResult): number {
  if (!evaluated) return 3;
  switch (gap?.gapStatus) {
    case 'open-gap':
      return 0;
    case 'prospective-gap':
      return 1;
    case 'closed-gap':
      return 2;
    case 'not-applicable':
    case undefined:
      return populations.length > 0 ? 4 : 5;
  }
}
