import type { MeasureGroupPage, ProviderRate } from '../../../apps/api/src/clinical/contract';
import { CaterpillarChart, ROW_HEIGHT, type IntervalPoint } from '../charts/CaterpillarChart';
import { ChartFigure } from '../charts/ChartFigure';
import { countText, DASH, percentText, plural } from '../design/format';
import { judge, judgeInterval } from '../measurement/improvement';
import type { MeasureGroupProps } from './measure-group';
import { TermLinks } from './TermLinks';

/** Below this many cases no comparison is drawn (`belowMinimum` of the API). */
const MINIMUM_CASES = 20;

/** Rate by provider with 95 % intervals, best first; colour only where the interval clears the reference. */
export function ProviderRates({ measure, group, filter }: MeasureGroupProps) {
  const reference = referenceOf(group);
  const rates = sortedRates(group);
  const withheld = group.providers.filter(({ suppressed }) => suppressed).length;
  const points = rates.map((rate) => pointOf(rate, group, reference?.value ?? null));
  return (
    <ChartFigure
      title="Rate by provider"
      note={
        <>
          95 % intervals, best first. Blue: better than the {reference?.label ?? 'reference'}, orange: worse,
          grey: can’t be told apart, hollow: fewer than {MINIMUM_CASES} cases.{' '}
          {withheld > 0 &&
            `${plural(withheld, 'provider')} withheld: a withheld stratum could be computed from ${withheld === 1 ? 'it' : 'them'}.`}
        </>
      }
      summary={summaryOf(points, reference)}
      height={Math.max(120, points.length * ROW_HEIGHT + 40)}
      chart={<CaterpillarChart points={points} reference={reference} />}
      table={<ProviderTable measure={measure} group={group} filter={filter} />}
    />
  );
}

/** The target where there is one, else the rate of everybody. */
function referenceOf({ target, performanceRate }: MeasureGroupPage): { value: number; label: string } | null {
  if (target !== null) return { value: target, label: 'target' };
  return performanceRate === null ? null : { value: performanceRate, label: 'overall rate' };
}

function sortedRates({ providers, improvementNotation }: MeasureGroupPage): ProviderRate[] {
  return providers
    .filter(({ performanceRate, low, high }) => performanceRate !== null && low !== null && high !== null)
    .sort((a, b) => {
      const verdict = judge(improvementNotation, a.performanceRate ?? 0, b.performanceRate ?? 0);
      return verdict === 'better' ? -1 : verdict === 'worse' ? 1 : 0;
    });
}

function pointOf(rate: ProviderRate, group: MeasureGroupPage, reference: number | null): IntervalPoint {
  const low = rate.low ?? 0;
  const high = rate.high ?? 1;
  return {
    label: rate.providerName,
    rate: rate.performanceRate ?? 0,
    low,
    high,
    detail: `${countText(rate.performanceNumerator)} of ${countText(rate.performanceDenominator)}`,
    tone: rate.belowMinimum
      ? 'too-few'
      : reference === null
        ? 'same'
        : judgeInterval(group.improvementNotation, low, high, reference),
  };
}

function summaryOf(points: IntervalPoint[], reference: { value: number; label: string } | null): string {
  const better = points.filter(({ tone }) => tone === 'better').length;
  const worse = points.filter(({ tone }) => tone === 'worse').length;
  const against = reference ? `the ${reference.label} of ${percentText(reference.value)}` : 'each other';
  return `Rates of ${plural(points.length, 'provider')} against ${against}: ${better} better, ${worse} worse, the others can’t be told apart`;
}

function ProviderTable({ measure, group, filter }: MeasureGroupProps) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Provider</th>
          <th scope="col" className="cell-number">
            Rate
          </th>
          <th scope="col" className="cell-number">
            95 % interval
          </th>
          <th scope="col" className="cell-number">
            Cases
          </th>
        </tr>
      </thead>
      <tbody>
        {group.providers.map((row) => (
          <tr key={row.providerId}>
            <th scope="row">
              {row.providerName}
              {row.suppressed && <span className="cell-second">withheld</span>}
              {row.belowMinimum && <span className="cell-second">fewer than {MINIMUM_CASES} cases</span>}
            </th>
            <td className="cell-number">{percentText(row.performanceRate)}</td>
            <td className="cell-number">
              {row.low === null ? DASH : `${percentText(row.low)} to ${percentText(row.high)}`}
            </td>
            <td className="cell-number">
              <TermLinks
                measure={measure}
                group={group}
                filter={{ ...filter, provider: row.providerId }}
                of={row}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
