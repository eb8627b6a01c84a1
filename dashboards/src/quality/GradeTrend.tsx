import type { QualityGradePoint } from '../../../apps/api/src/clinical/contract';
import { DASH, dateText } from '../design/format';

const SHOWN = 6;

/** Grades of the latest evaluations, the newest last. */
export function GradeTrend({ trend }: { trend: QualityGradePoint[] }) {
  if (trend.length < 2) return <span className="quiet">{DASH}</span>;
  const shown = trend.slice(-SHOWN);
  return (
    <ol className="grade-trend" title={shown.map(pointText).join(', ')}>
      {shown.map((point) => (
        <li key={point.runId}>
          <span aria-hidden="true">{point.grade}</span>
          <span className="visually-hidden">{pointText(point)}</span>
        </li>
      ))}
    </ol>
  );
}

function pointText({ grade, dataAsOf }: QualityGradePoint): string {
  return `${grade} with data of ${dateText(dataAsOf)}`;
}
