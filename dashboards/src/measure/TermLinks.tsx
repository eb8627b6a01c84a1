import { CountLink } from '../measurement/CountLink';
import type { MeasureGroupProps } from './measure-group';

interface TermLinksProps extends MeasureGroupProps {
  of: { performanceNumerator: number | null; performanceDenominator: number | null };
}

/** `31 / 44`: the two terms of a rate, each a link to the people it counts. */
export function TermLinks({ measure, group, filter, of }: TermLinksProps) {
  const count = { measureId: measure.measureId, groupId: group.groupId, filter, of: measure.title };
  return (
    <>
      <CountLink {...count} population="performance-numerator" count={of.performanceNumerator} />
      <span className="quiet"> / </span>
      <CountLink {...count} population="performance-denominator" count={of.performanceDenominator} />
    </>
  );
}
