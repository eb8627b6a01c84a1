import type { FunnelStep, MeasureGroupPage } from '../../../apps/api/src/clinical/contract';
import { percentText } from '../design/format';
import { CountLink } from '../measurement/CountLink';
import type { MeasureGroupProps } from './measure-group';

/** From the initial population to the numerator; what is taken out on the way is indented. */
export function Funnel({ measure, group, filter }: MeasureGroupProps) {
  const steps = group.funnel.filter((step) => !repeatsNumerator(step, group));
  const widest = Math.max(1, ...steps.map(({ count }) => count));
  return (
    <section className="panel" aria-labelledby="funnel">
      <div className="panel-header">
        <h2 id="funnel">Populations</h2>
        <span className="panel-note">share of the initial population</span>
      </div>
      <div className="panel-body">
        <ol className="bar-list funnel">
          {steps.map((step) => (
            <li key={step.population} className="bar-row" data-removed={isRemoved(step)}>
              <span>{step.label}</span>
              <span className="track">
                <span
                  className="fill"
                  data-tone={isRemoved(step) ? 'neutral' : 'accent'}
                  style={{ width: `${(step.count / widest) * 100}%` }}
                />
              </span>
              <span className="figures">
                <CountLink
                  measureId={measure.measureId}
                  groupId={group.groupId}
                  population={step.population}
                  filter={filter}
                  count={step.count}
                  of={measure.title}
                />
                <span className="funnel-share quiet">{percentText(step.count / widest)}</span>
              </span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

/** Without numerator exclusions the numerator of the rate is the numerator: saying it twice asks for a difference. */
function repeatsNumerator({ population, count }: FunnelStep, { counts }: MeasureGroupPage): boolean {
  return (
    population === 'performance-numerator' && counts.numeratorExclusion === null && counts.numerator === count
  );
}

function isRemoved({ population }: FunnelStep): boolean {
  return population.endsWith('-exclusion') || population.endsWith('-exception');
}
