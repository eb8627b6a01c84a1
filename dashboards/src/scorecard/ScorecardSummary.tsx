import { Link } from 'react-router-dom';
import type { Scorecard } from '../../../apps/api/src/clinical/contract';
import { countText, monthText } from '../design/format';
import { pathWith } from '../filters/panel-filter';
import { standing } from '../measurement/improvement';

/** The scorecard in four figures. A measure without target counts neither as reached nor as missed. */
export function ScorecardSummary({ scorecard }: { scorecard: Scorecard }) {
  const { rows, filter } = scorecard;
  const standings = rows.map((row) =>
    standing(row.improvementNotation, row.performanceRate, row.target, row.patientsToTarget),
  );
  const met = standings.filter(({ kind }) => kind === 'met').length;
  const judged = met + standings.filter(({ kind }) => kind === 'short').length;
  const improving = rows.filter((row) => row.change?.better === true).length;
  const slipping = rows.filter((row) => row.change?.better === false).length;
  const since = rows.find((row) => row.change)?.change?.sincePeriodEnd;
  const openGaps = rows.reduce((sum, row) => sum + row.openGaps, 0);

  return (
    <dl className="summary-strip">
      <div>
        <dt>At target</dt>
        <dd>
          {met} <span className="of">of {judged} measures</span>
        </dd>
      </div>
      <div>
        <dt>{since ? `Improving since ${monthText(since)}` : 'Improving'}</dt>
        <dd className={improving > 0 ? 'tone-better' : undefined}>{improving}</dd>
      </div>
      <div>
        <dt>{since ? `Slipping since ${monthText(since)}` : 'Slipping'}</dt>
        <dd className={slipping > 0 ? 'tone-worse' : undefined}>{slipping}</dd>
      </div>
      <div>
        <dt>Open gaps, all measures</dt>
        <dd>
          <Link className="figure-link" to={pathWith('/gaps', filter, { by: 'gap' })}>
            {countText(openGaps)}
          </Link>
        </dd>
      </div>
    </dl>
  );
}
