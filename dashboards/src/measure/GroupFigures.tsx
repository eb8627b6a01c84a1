import { monthText, percentText } from '../design/format';
import { ChangeFigure } from '../measurement/ChangeFigure';
import { CountLink } from '../measurement/CountLink';
import { standing } from '../measurement/improvement';
import type { MeasureGroupProps } from './measure-group';
import { TargetEditor } from './TargetEditor';
import { TermLinks } from './TermLinks';

/** A rate in five figures. */
export function GroupFigures(props: MeasureGroupProps) {
  const { measure, group, filter } = props;
  const { improvementNotation, performanceRate, target, patientsToTarget, change } = group;
  const where = standing(improvementNotation, performanceRate, target, patientsToTarget);
  return (
    <dl className="summary-strip">
      <div>
        <dt>Performance rate</dt>
        <dd>{performanceRate === null ? 'no denominator' : percentText(performanceRate)}</dd>
      </div>
      <div>
        <dt>Numerator / denominator</dt>
        <dd>
          <TermLinks {...props} of={group.counts} />
        </dd>
      </div>
      <div>
        <dt>
          {where.targetText ? `Target ${where.targetText}` : 'Target'} <TargetEditor {...props} />
        </dt>
        <dd className={where.kind === 'met' ? 'tone-better' : undefined}>{where.text}</dd>
      </div>
      <div>
        <dt>{change ? `Change since ${monthText(change.sincePeriodEnd)}` : 'Change'}</dt>
        <dd className="summary-change">
          {change ? <ChangeFigure change={change} /> : <span className="quiet">no earlier month</span>}
        </dd>
      </div>
      <div>
        <dt>Open gaps</dt>
        <dd>
          <CountLink
            measureId={measure.measureId}
            groupId={group.groupId}
            filter={filter}
            of={measure.title}
            population="open-gap"
            count={group.openGaps}
          />
        </dd>
      </div>
    </dl>
  );
}
