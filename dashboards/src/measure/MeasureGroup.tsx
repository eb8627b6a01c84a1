import { TrendChart } from '../charts/TrendChart';
import { EmptyState } from '../design/EmptyState';
import { FailureBreakdown } from './FailureBreakdown';
import { Funnel } from './Funnel';
import { GroupFigures } from './GroupFigures';
import type { MeasureGroupProps } from './measure-group';
import { ProviderRates } from './ProviderRates';
import { StrataTable } from './StrataTable';

/** One rate of a measure. Only a proportion has a trend, providers to compare and strata. */
export function MeasureGroup(props: MeasureGroupProps) {
  const { group } = props;
  if (group.counts.initialPopulation === 0) {
    return (
      <div className="panel">
        <EmptyState title="Nobody is in the initial population">
          Under this filter no patient meets the measure’s initial population, so that there is no rate.
        </EmptyState>
      </div>
    );
  }
  if (group.scoring !== 'proportion') {
    return (
      <div className="columns-2">
        <Funnel {...props} />
        <FailureBreakdown {...props} />
      </div>
    );
  }
  return (
    <>
      <GroupFigures {...props} />
      <div className="columns-2">
        <Funnel {...props} />
        <TrendChart trend={group.trend} target={group.target} />
      </div>
      <div className="columns-2">
        <ProviderRates {...props} />
        <div className="stack stack-top">
          <FailureBreakdown {...props} />
          <StrataTable {...props} />
        </div>
      </div>
    </>
  );
}
