import './chart-setup';
import type { Chart, ChartOptions, Plugin } from 'chart.js';
import { Scatter } from 'react-chartjs-2';
import { percentText } from '../design/format';
import { useChartColors, type ChartColors } from './chart-colors';

export interface IntervalPoint {
  label: string;
  rate: number;
  low: number;
  high: number;
  tone: 'better' | 'worse' | 'same' | 'too-few';
  /** What the tooltip adds, for example `31 of 44`. */
  detail: string;
}

interface CaterpillarChartProps {
  points: IntervalPoint[];
  /** The vertical line that intervals are held against, and its name. */
  reference: { value: number; label: string } | null;
}

export const ROW_HEIGHT = 24;

/** One row per member: the rate as a dot, its 95 % interval as a whisker, the reference as a dashed line. */
export function CaterpillarChart({ points, reference }: CaterpillarChartProps) {
  const colors = useChartColors();
  const toneColors = points.map(({ tone }) => toneColor(tone, colors));
  return (
    <Scatter
      role="presentation"
      // Chart.js keeps plugins of the first render: a new key when what they draw has changed.
      key={JSON.stringify([points, reference, colors.accent])}
      data={{
        datasets: [
          {
            data: points.map(({ rate }, index) => ({ x: rate, y: index })),
            pointRadius: 4.5,
            pointHoverRadius: 6,
            pointBackgroundColor: points.map(({ tone }, index) =>
              tone === 'too-few' ? colors.surface : toneColors[index],
            ),
            pointBorderColor: toneColors,
            pointBorderWidth: 1.5,
          },
        ],
      }}
      options={optionsFor(points, colors)}
      plugins={[whiskers(points, toneColors), referenceLine(reference?.value ?? null, colors)]}
    />
  );
}

function toneColor(tone: IntervalPoint['tone'], colors: ChartColors): string {
  switch (tone) {
    case 'better':
      return colors.better;
    case 'worse':
      return colors.worse;
    case 'same':
      return colors.quiet;
    case 'too-few':
      return colors.neutral;
  }
}

function optionsFor(points: IntervalPoint[], colors: ChartColors): ChartOptions<'scatter'> {
  return {
    scales: {
      x: {
        min: 0,
        max: 1,
        border: { display: false },
        grid: { color: colors.line },
        ticks: {
          color: colors.quiet,
          stepSize: 0.2,
          callback: (value) => `${Math.round(Number(value) * 100)} %`,
        },
      },
      y: {
        reverse: true,
        min: -0.6,
        max: points.length - 0.4,
        border: { display: false },
        grid: { display: false },
        afterBuildTicks: (axis) => {
          axis.ticks = points.map((_, index) => ({ value: index }));
        },
        ticks: {
          color: colors.ink,
          autoSkip: false,
          callback: (value) => points[Number(value)]?.label ?? '',
        },
      },
    },
    plugins: {
      tooltip: {
        displayColors: false,
        callbacks: {
          label: (item) => {
            const point = points[item.dataIndex];
            if (!point) return '';
            return `${point.label}: ${percentText(point.rate)} (${percentText(point.low)} to ${percentText(point.high)}), ${point.detail}`;
          },
        },
      },
    },
  };
}

function whiskers(points: IntervalPoint[], toneColors: string[]): Plugin<'scatter'> {
  return {
    id: 'whiskers',
    beforeDatasetsDraw: (chart) => {
      points.forEach(({ low, high }, index) => {
        drawLine(chart, [low, index], [high, index], { color: toneColors[index] ?? '', width: 2, dash: [] });
      });
    },
  };
}

function referenceLine(value: number | null, colors: ChartColors): Plugin<'scatter'> {
  return {
    id: 'reference-line',
    beforeDatasetsDraw: (chart) => {
      const y = chart.scales['y'];
      if (value === null || !y) return;
      drawLine(chart, [value, y.min], [value, y.max], { color: colors.ink, width: 1.25, dash: [5, 4] });
    },
  };
}

interface Stroke {
  color: string;
  width: number;
  dash: number[];
}

function drawLine(
  chart: Chart<'scatter'>,
  from: [number, number],
  to: [number, number],
  stroke: Stroke,
): void {
  const { x, y } = chart.scales;
  if (!x || !y) return;
  const { ctx } = chart;
  ctx.save();
  ctx.strokeStyle = stroke.color;
  ctx.lineWidth = stroke.width;
  ctx.setLineDash(stroke.dash);
  ctx.beginPath();
  ctx.moveTo(x.getPixelForValue(from[0]), y.getPixelForValue(from[1]));
  ctx.lineTo(x.getPixelForValue(to[0]), y.getPixelForValue(to[1]));
  ctx.stroke();
  ctx.restore();
}
