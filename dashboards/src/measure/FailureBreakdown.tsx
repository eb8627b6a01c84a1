import { Link } from 'react-router-dom';
import type { MeasureGroupPage, MeasureMeta, PanelFilter } from '../../../apps/api/src/clinical/contract';
import { countText } from '../design/format';
import { pathWith } from '../filters/panel-filter';

interface FailureBreakdownProps {
  measure: MeasureMeta;
  group: MeasureGroupPage;
  filter: PanelFilter;
}

/** Why gaps are open; each reason opens the worklist of exactly those gaps. */
export function FailureBreakdown({ measure, group, filter }: FailureBreakdownProps) {
  const most = Math.max(1, ...group.failures.map(({ count }) => count));
  return (
    <section className="panel" aria-labelledby="failures">
      <div className="panel-header">
        <h2 id="failures">Why gaps are open</h2>
        <span className="panel-note">{countText(group.openGaps)} open</span>
      </div>
      <div className="panel-body">
        {group.failures.length === 0 && <p className="quiet">No gap is open under this filter.</p>}
        <ul className="bar-list">
          {group.failures.map(({ reason, label, count }) => (
            <li key={reason} className="bar-row">
              <span>{label}</span>
              <span className="track">
                <span className="fill" data-tone="worse" style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className="figures">
                <Link
                  className="figure-link"
                  to={pathWith('/gaps', filter, { measure: measure.measureId, reason, by: 'gap' })}
                  aria-label={`${countText(count)} open gaps: ${label}`}
                >
                  {countText(count)}
                </Link>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
