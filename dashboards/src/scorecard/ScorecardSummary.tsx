import { Link } from 'react-router-dom';
import type { Scorecard } from '../../../apps/api/src/clinical/contract';
import { countText, monthText, plural } from '../design/format';
import { pathWith } from '../filters/panel-filter';
import { standing } from '../measurement/improvement';
import { useMay } from '../session/abilities';

/**
 * The scorecard in a few figures. A rate without target counts neither as reached nor as missed; without an
 * earlier month nothing improves or slips, which is not the same as zero.
 */
export function ScorecardSummary({ scorecard }: { scorecard: Scorecard }) {
  const { rows, filter } = scorecard;
  const mayRead = useMay('read:Worklist');
  const standings = rows.map((row) =>
    standing(row.improvementNotation, row.performanceRate, row.target, row.patientsToTarget),
  );
  const met = standings.filter(({ kind }) => kind === 'met').length;
  const judged = met + standings.filter(({ kind }) => kind === 'short').length;
  const changes = rows.flatMap(({ change }) => change ?? []);
  const improving = changes.filter(({ better }) => better === true).length;
  const slipping = changes.filter(({ better }) => better === false).length;
  const since = changes[0]?.sincePeriodEnd;
  const openGaps = rows.reduce((sum, row) => sum + row.openGaps, 0);

  return (
    <dl className="summary-strip">
      <div>
        <dt>At target</dt>
        <dd>
          {met} <span className="of">of {plural(judged, 'rate')} with a target</span>
        </dd>
      </div>
      {since && (
        <>
          <div>
            <dt>Improving since {monthText(since)}</dt>
            <dd className={improving > 0 ? 'tone-better' : undefined}>{improving}</dd>
          </div>
          <div>
            <dt>Slipping since {monthText(since)}</dt>
            <dd className={slipping > 0 ? 'tone-worse' : undefined}>{slipping}</dd>
          </div>
        </>
      )}
      <div>
        <dt>Open gaps, all measures</dt>
        <dd>
          {mayRead ? (
            <Link className="figure-link" to={pathWith('/gaps', filter, { by: 'gap' })}>
              {countText(openGaps)}
            </Link>
          ) : (
            countText(openGaps)
          )}
        </dd>
      </div>
    </dl>
  );
}
