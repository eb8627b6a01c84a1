import type { TrendPoint } from '../../../apps/api/src/clinical/contract';
import { monthText, percentText } from '../design/format';

interface SparklineProps {
  trend: TrendPoint[];
  target: number | null;
  label: string;
}

const WIDTH = 124;
const HEIGHT = 34;
const PADDING = 4;
/** A flat series must look flat: the axis never spans less than this many points of rate. */
const LEAST_SPAN = 0.08;

/** Thirteen months in the height of a table row. Months without a rate are gaps in the line, not zeros. */
export function Sparkline({ trend, target, label }: SparklineProps) {
  const rates = trend.map((point) => point.performanceRate).filter((rate) => rate !== null);
  const first = trend.find((point) => point.performanceRate !== null);
  const last = trend.findLast((point) => point.performanceRate !== null);
  if (!first || !last || rates.length < 2) return <span className="quiet small">no earlier month</span>;

  const [low, high] = axis(rates);
  const x = (index: number) => PADDING + (index * (WIDTH - 2 * PADDING)) / (trend.length - 1);
  const y = (rate: number) => HEIGHT - PADDING - ((rate - low) / (high - low)) * (HEIGHT - 2 * PADDING);
  const description =
    `${label}: ${percentText(first.performanceRate)} in ${monthText(first.periodEnd)}, ` +
    `${percentText(last.performanceRate)} in ${monthText(last.periodEnd)}`;

  return (
    <svg className="sparkline" width={WIDTH} height={HEIGHT} role="img" aria-label={description}>
      {target !== null && target > low && target < high && (
        <line className="target" x1={PADDING} x2={WIDTH - PADDING} y1={y(target)} y2={y(target)} />
      )}
      <path d={linePath(trend, x, y)} />
      <circle cx={x(trend.indexOf(last))} cy={y(last.performanceRate ?? 0)} r="2.6" />
    </svg>
  );
}

function axis(rates: number[]): [number, number] {
  const low = Math.min(...rates);
  const high = Math.max(...rates);
  const missing = Math.max(0, LEAST_SPAN - (high - low)) / 2;
  return [low - missing - 0.005, high + missing + 0.005];
}

function linePath(trend: TrendPoint[], x: (index: number) => number, y: (rate: number) => number): string {
  let drawing = false;
  const parts: string[] = [];
  trend.forEach(({ performanceRate }, index) => {
    if (performanceRate === null) {
      drawing = false;
      return;
    }
    parts.push(`${drawing ? 'L' : 'M'}${x(index).toFixed(1)} ${y(performanceRate).toFixed(1)}`);
    drawing = true;
  });
  return parts.join('');
}
