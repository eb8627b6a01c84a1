import { Link } from 'react-router-dom';
import { capitalized, countText } from '../design/format';
import { useMay } from '../session/abilities';
import { pathWith } from '../filters/panel-filter';
import type { MeasureGroupProps } from './measure-group';

/** Why gaps are open; each reason opens the worklist of exactly those gaps. */
export function FailureBreakdown({ measure, group, filter }: MeasureGroupProps) {
  const mayRead = useMay('read:Worklist');
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
              <span>{capitalized(label)}</span>
              <span className="track">
                <span className="fill" data-tone="worse" style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className="figures">
                {mayRead ? (
                  <Link
                    className="figure-link"
                    to={pathWith('/gaps', filter, {
                      measure: measure.measureId,
                      group: group.groupId,
                      reason,
                      by: 'gap',
                    })}
                    aria-label={`${countText(count)} open gaps: ${label}`}
                  >
                    {countText(count)}
                  </Link>
                ) : (
                  countText(count)
                )}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
