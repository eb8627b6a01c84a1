import { GlobalFonts, SvgExportFlag, createCanvas } from '@napi-rs/canvas';
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartConfiguration,
  type Plugin,
} from 'chart.js';
import { FONT_FAMILY, fontFiles } from './fonts';
import { palette } from './palette';
import type { ScorecardRow } from './scorecard-report';
import { percentText } from './wording';

/** Charts as SVG texts: sharp at any size, and their labels stay text in the PDF. */

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
);
Chart.defaults.font.family = FONT_FAMILY;
Chart.defaults.color = palette.ink;
GlobalFonts.registerFromPath(fontFiles.normal, FONT_FAMILY);

/** Height in points that a row of the target chart needs. */
const BAR_PITCH = 26;

/** Horizontal bars of the rates that there are, each with a tick at its target. */
export function targetChart(rows: readonly ScorecardRow[], width: number): string {
  const rated = rows.flatMap((row) => (row.rate.kind === 'rate' ? [{ row, rate: row.rate.value }] : []));
  return draw(width, rated.length * BAR_PITCH + 26, {
    type: 'bar',
    data: {
      labels: rated.map(({ row }) => wrapLabel(chartLabel(row))),
      datasets: [
        {
          data: rated.map(({ rate }) => rate * 100),
          backgroundColor: rated.map(({ row }) => positionColour(row)),
          barThickness: 12,
          borderRadius: 1.5,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      layout: { padding: { right: 38 } },
      scales: {
        x: {
          min: 0,
          max: 100,
          border: { display: false },
          grid: { color: palette.rule, lineWidth: 0.5, drawTicks: false },
          ticks: { stepSize: 25, color: palette.muted, font: { size: 8 }, callback: (value) => `${value} %` },
        },
        y: {
          border: { color: palette.rule },
          grid: { display: false },
          ticks: { font: { size: 8.5 }, crossAlign: 'far' },
        },
      },
    },
    plugins: [targetTicks(rated)],
  });
}

/** Fill of a bar: by position against the target, never by height. */
export function positionColour(row: Pick<ScorecardRow, 'position'>): string {
  if (!row.position) return palette.neutral;
  return row.position.met ? palette.met : palette.short;
}

/**
 * Thirteen months as a small line; months without a rate are gaps. The scale is the line's own,
 * at least four points high, so that noise does not look like movement.
 */
export function sparkline(
  row: Pick<ScorecardRow, 'trend' | 'change'>,
  width: number,
  height: number,
): string {
  const rates = row.trend.map(({ rate }) => (rate === null ? null : rate * 100));
  const known = rates.filter((rate) => rate !== null);
  const middle = (Math.max(...known) + Math.min(...known)) / 2;
  const reach = Math.max(2, (Math.max(...known) - Math.min(...known)) / 2);
  const last = rates.findLastIndex((rate) => rate !== null);
  const colour = changeColour(row);
  return draw(width, height, {
    type: 'line',
    data: {
      labels: row.trend.map(({ month }) => month),
      datasets: [
        {
          data: rates,
          borderColor: palette.muted,
          borderWidth: 1.1,
          pointRadius: rates.map((_, index) => (index === last ? 2 : isLonely(rates, index) ? 0.8 : 0)),
          pointBackgroundColor: colour,
          pointBorderWidth: 0,
          clip: false,
        },
      ],
    },
    options: {
      layout: { padding: 3 },
      scales: {
        x: { display: false },
        y: { display: false, min: middle - reach, max: middle + reach },
      },
    },
  });
}

/** Colour of a change, by better and worse, not by up and down. */
export function changeColour(row: Pick<ScorecardRow, 'change'>): string {
  const better = row.change?.better;
  if (better === null || better === undefined) return palette.muted;
  return better ? palette.met : palette.short;
}

function targetTicks(rated: readonly { row: ScorecardRow; rate: number }[]): Plugin {
  return {
    id: 'target-ticks',
    afterDatasetsDraw: ({ ctx, scales, chartArea }) => {
      const { x, y } = scales;
      if (!x || !y) return;
      for (const [index, { row, rate }] of rated.entries()) {
        const centre = y.getPixelForValue(index);
        if (row.target !== null) {
          const at = x.getPixelForValue(row.target * 100);
          ctx.fillStyle = palette.ink;
          ctx.fillRect(at - 0.9, centre - 9.5, 1.8, 19);
        }
        ctx.fillStyle = palette.ink;
        ctx.font = `8.5px ${FONT_FAMILY}`;
        ctx.textBaseline = 'middle';
        ctx.fillText(percentText(rate), chartArea.right + 6, centre);
      }
    },
  };
}

function chartLabel(row: ScorecardRow): string {
  return row.improvementNotation === 'decrease' ? `${row.title} (lower is better)` : row.title;
}

/** At most two lines of about 34 characters; the table below has the whole title. */
export function wrapLabel(text: string, width = 34): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const current = lines.at(-1);
    if (current !== undefined && `${current} ${word}`.length <= width)
      lines[lines.length - 1] = `${current} ${word}`;
    else lines.push(word);
  }
  const [first = '', second] = lines;
  if (second === undefined) return [first];
  return [first, lines.length > 2 ? `${second.slice(0, width - 1)}…` : second];
}

function isLonely(rates: readonly (number | null)[], index: number): boolean {
  const missing = (at: number) => rates[at] === null || rates[at] === undefined;
  return !missing(index) && missing(index - 1) && missing(index + 1);
}

function draw(width: number, height: number, configuration: ChartConfiguration): string {
  const canvas = createCanvas(width, height, SvgExportFlag.NoPrettyXML);
  const chart = new Chart(canvas as unknown as HTMLCanvasElement, {
    ...configuration,
    options: { ...configuration.options, responsive: false, animation: false, devicePixelRatio: 1 },
  });
  const svg = canvas.getContent().toString('utf8');
  chart.destroy();
  return svg;
}
