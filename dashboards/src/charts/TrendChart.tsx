import './chart-setup';
import type { ChartOptions } from 'chart.js';
import { Line } from 'react-chartjs-2';
import type { TrendPoint } from '../../../apps/api/src/clinical/contract';
import { countText, DASH, monthText, percentText } from '../design/format';
import { useChartColors, type ChartColors } from './chart-colors';
import { EmptyState } from '../design/EmptyState';
import { ChartFigure } from './ChartFigure';

interface TrendChartProps {
  trend: TrendPoint[];
  target: number | null;
}

/** The rate by month, from the second month on, with the target as a dashed line. A month without denominator is a gap in the line. */
export function TrendChart({ trend, target }: TrendChartProps) {
  const colors = useChartColors();
  const [only] = trend;
  if (trend.length < 2) {
    return (
      <section className="panel" aria-labelledby="trend">
        <div className="panel-header">
          <h2 id="trend">Trend</h2>
        </div>
        <EmptyState title={only ? 'One month so far' : 'No month yet'}>
          {only && `${percentText(only.performanceRate)} in ${monthText(only.periodEnd)}. `}
          The line starts with the second month that is evaluated.
        </EmptyState>
      </section>
    );
  }
  const labels = trend.map(({ periodEnd }) => monthText(periodEnd));
  return (
    <ChartFigure
      title="Trend"
      note={
        target === null ? (
          'No target is set.'
        ) : (
          <span className="chart-key chart-key-line" style={{ '--key': colors.quiet } as React.CSSProperties}>
            target {percentText(target)}
          </span>
        )
      }
      summary={summaryOf(trend)}
      height={250}
      chart={
        <Line
          role="presentation"
          data={{
            labels,
            datasets: [
              {
                data: trend.map(({ performanceRate }) => performanceRate),
                borderColor: colors.accent,
                backgroundColor: colors.accent,
                borderWidth: 2,
                pointRadius: 3,
                pointHoverRadius: 5,
                tension: 0,
              },
              ...(target === null ? [] : [targetLine(target, labels.length, colors)]),
            ],
          }}
          options={optionsFor(trend, colors)}
        />
      }
      table={<TrendTable trend={trend} />}
    />
  );
}

function targetLine(target: number, length: number, colors: ChartColors) {
  return {
    data: Array.from({ length }, () => target),
    borderColor: colors.quiet,
    borderWidth: 1.5,
    borderDash: [5, 4],
    pointRadius: 0,
    pointHitRadius: 0,
  };
}

function optionsFor(trend: TrendPoint[], colors: ChartColors): ChartOptions<'line'> {
  return {
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: {
        grid: { display: false },
        border: { color: colors.line },
        ticks: { color: colors.quiet, maxRotation: 0, autoSkipPadding: 12 },
      },
      y: {
        grace: '12%',
        suggestedMin: undefined,
        border: { display: false },
        grid: { color: colors.line },
        ticks: {
          color: colors.quiet,
          maxTicksLimit: 6,
          callback: (value) => `${Math.round(Number(value) * 100)} %`,
        },
      },
    },
    plugins: {
      tooltip: {
        filter: (item) => item.datasetIndex === 0,
        displayColors: false,
        callbacks: {
          label: (item) => {
            const point = trend[item.dataIndex];
            if (!point) return '';
            return `${percentText(point.performanceRate)}  (${countText(point.performanceNumerator)} of ${countText(point.performanceDenominator)})`;
          },
        },
      },
    },
  };
}

function summaryOf(trend: TrendPoint[]): string {
  const first = trend.at(0);
  const last = trend.at(-1);
  if (!first || !last) return 'Trend: no points yet';
  return (
    `Performance rate by month: ${percentText(first.performanceRate)} in ${monthText(first.periodEnd)}, ` +
    `${percentText(last.performanceRate)} in ${monthText(last.periodEnd)}`
  );
}

function TrendTable({ trend }: { trend: TrendPoint[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Period end</th>
          <th scope="col" className="cell-number">
            Rate
          </th>
          <th scope="col" className="cell-number">
            Numerator
          </th>
          <th scope="col" className="cell-number">
            Denominator
          </th>
        </tr>
      </thead>
      <tbody>
        {trend.toReversed().map((point) => (
          <tr key={point.periodEnd}>
            <th scope="row">{monthText(point.periodEnd)}</th>
            <td className="cell-number">
              {point.performanceRate === null ? DASH : percentText(point.performanceRate)}
            </td>
            <td className="cell-number">{countText(point.performanceNumerator)}</td>
            <td className="cell-number">{countText(point.performanceDenominator)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
