import type { MeasureGroupPage, MeasureMeta, PanelFilter } from '../../../apps/api/src/clinical/contract';
import { TrendChart } from '../charts/TrendChart';
import { EmptyState } from '../design/EmptyState';
import { percentText } from '../design/format';
import { ChangeFigure } from '../measurement/ChangeFigure';
import { CountLink } from '../measurement/CountLink';
import { standing } from '../measurement/improvement';
import { FailureBreakdown } from './FailureBreakdown';
import { Funnel } from './Funnel';
import { ProviderRates } from './ProviderRates';
import { StrataTable } from './StrataTable';

interface MeasureGroupProps {
  measure: MeasureMeta;
  group: MeasureGroupPage;
  filter: PanelFilter;
}

export function MeasureGroup({ measure, group, filter }: MeasureGroupProps) {
  if (group.counts.initialPopulation === 0) {
    return (
      <div className="panel">
        <EmptyState title="Nobody is in the initial population">
          Under this filter no patient meets the measure’s initial population, so that there is no rate.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <GroupFigures measure={measure} group={group} filter={filter} />
      <div className="columns-2">
        <Funnel measure={measure} group={group} filter={filter} />
        <TrendChart trend={group.trend} target={group.target} />
      </div>
      <div className="columns-2">
        <ProviderRates group={group} />
        <div className="stack">
          <FailureBreakdown measure={measure} group={group} filter={filter} />
          <StrataTable strata={group.strata} />
        </div>
      </div>
    </>
  );
}

function GroupFigures({ measure, group, filter }: MeasureGroupProps) {
  const where = standing(
    group.improvementNotation,
    group.performanceRate,
    group.target,
    group.patientsToTarget,
  );
  const count = { measureId: measure.measureId, groupId: group.groupId, filter, of: measure.title };
  return (
    <dl className="summary-strip">
      <div>
        <dt>Performance rate</dt>
        <dd>{group.performanceRate === null ? 'no denominator' : percentText(group.performanceRate)}</dd>
      </div>
      <div>
        <dt>Numerator / denominator</dt>
        <dd>
          <CountLink
            {...count}
            population="performance-numerator"
            count={group.counts.performanceNumerator}
          />
          <span className="of"> / </span>
          <CountLink
            {...count}
            population="performance-denominator"
            count={group.counts.performanceDenominator}
          />
        </dd>
      </div>
      <div>
        <dt>{where.targetText ? `Target ${where.targetText}` : 'Target'}</dt>
        <dd className={where.kind === 'met' ? 'tone-better' : undefined}>{where.text}</dd>
      </div>
      <div>
        <dt>Change since last month</dt>
        <dd className="summary-change">
          <ChangeFigure change={group.change} />
        </dd>
      </div>
      <div>
        <dt>Open gaps</dt>
        <dd>
          <CountLink {...count} population="open-gap" count={group.openGaps} />
        </dd>
      </div>
    </dl>
  );
}
