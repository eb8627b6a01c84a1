import { targetChart } from './charts';
import { palette } from './palette';
import type { Content, ContentColumns } from './pdf-document';
import { heading } from './pdf-typography';
import type { ScorecardReport, ScorecardRow } from './scorecard-report';
import { countText, dateText, distanceText, pointsText, rateText, targetText } from './wording';

const CHART_WIDTH = 440;

/** Page one: what it is about, four figures, every rate against its target, and where to act first. */
export function overviewSection(report: ScorecardReport): Content[] {
  const rated = report.rows.some((row) => row.rate.kind === 'rate');
  return [
    titleBlock(report),
    figures(report),
    {
      columns: [
        {
          width: CHART_WIDTH,
          stack: [
            heading('Performance rate against target'),
            rated
              ? { svg: targetChart(report.rows, CHART_WIDTH), margin: [0, 0, 0, 4] }
              : { text: 'No measure has a rate in this period.', color: palette.muted },
            legend(),
          ],
        },
        { width: '*', margin: [24, 0, 0, 0], stack: attention(report.rows) },
      ],
    },
  ];
}

function titleBlock({ title, publication, generatedAt }: ScorecardReport): Content {
  return {
    margin: [0, 0, 0, 14],
    table: {
      widths: ['*', 'auto'],
      body: [
        [
          {
            stack: [
              { text: title, fontSize: 21, bold: true, color: '#ffffff', lineHeight: 1.05 },
              {
                text: `Measurement period ${dateText(publication.periodStart)} – ${dateText(publication.periodEnd)}`,
                fontSize: 10.5,
                color: '#dce8f1',
              },
            ],
          },
          {
            alignment: 'right',
            fontSize: 8.5,
            color: '#dce8f1',
            stack: [
              `Data as of ${dateText(publication.dataAsOf)}`,
              `Published ${dateText(publication.publishedAt)} · report made ${dateText(generatedAt)}`,
              `Catchment ${publication.engineVersion}`,
            ],
          },
        ],
      ],
    },
    layout: {
      defaultBorder: false,
      fillColor: () => palette.brand,
      paddingLeft: () => 16,
      paddingRight: () => 16,
      paddingTop: () => 11,
      paddingBottom: () => 11,
    },
  };
}

function figures({ rows, publication }: ScorecardReport): Content {
  const compared = rows.filter((row) => row.position);
  const changed = rows.filter((row) => row.change);
  const improved = changed.filter((row) => row.change?.better === true);
  const gaps = rows.filter((row) => row.openGaps !== null);
  const total = gaps.reduce((sum, row) => sum + (row.openGaps ?? 0), 0);
  const tiles: [string, string][] = [
    [countText(publication.patients), 'patients in the population'],
    [
      compared.length > 0
        ? `${compared.filter((row) => row.position?.met).length} of ${compared.length}`
        : '–',
      compared.length > 0 ? 'measures at target' : 'no targets set',
    ],
    [
      changed.length > 0 ? `${improved.length} of ${changed.length}` : '–',
      changed.length > 0 ? 'measures better than last month' : 'no month to compare with yet',
    ],
    [gaps.length > 0 ? countText(total) : '–', 'open care gaps over all measures'],
  ];
  return {
    margin: [0, 0, 0, 16],
    table: {
      widths: tiles.map(() => '*'),
      body: [
        tiles.map(([figure, label]) => ({
          stack: [
            { text: figure, fontSize: 19, bold: true, color: palette.brand, lineHeight: 1.05 },
            { text: label, fontSize: 8.5, color: palette.muted },
          ],
        })),
      ],
    },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: (index, node) => (index === 0 || index === node.table.body[0]?.length ? 0 : 6),
      vLineColor: () => '#ffffff',
      fillColor: () => palette.band,
      paddingLeft: () => 12,
      paddingRight: () => 12,
      paddingTop: () => 8,
      paddingBottom: () => 7,
    },
  };
}

function legend(): Content {
  const entry = (
    colour: string,
    text: string,
    width: number,
    height: number,
  ): ContentColumns & { width: string } => ({
    width: 'auto',
    columns: [
      { svg: swatch(colour, width, height), width: 9, margin: [0, 1, 0, 0] },
      { text, width: 'auto', fontSize: 8, color: palette.muted },
    ],
    columnGap: 4,
  });
  return {
    columns: [
      entry(palette.met, 'at target', 8, 8),
      entry(palette.short, 'short of target', 8, 8),
      entry(palette.neutral, 'no target', 8, 8),
      entry(palette.ink, 'target', 2, 9),
    ],
    columnGap: 16,
  };
}

function swatch(colour: string, width: number, height: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect x="${(9 - width) / 2}" y="${(9 - height) / 2}" width="${width}" height="${height}" fill="${colour}"/></svg>`;
}

/** The measures short of target, nearest first: where few patients make the difference. */
function attention(rows: readonly ScorecardRow[]): Content[] {
  const nearest = rows
    .filter((row) => row.position && !row.position.met)
    .sort((one, other) => (one.position?.patientsToTarget ?? 0) - (other.position?.patientsToTarget ?? 0))
    .slice(0, 5);
  const unrated = rows.filter((row) => row.rate.kind !== 'rate');
  return [
    heading('Nearest to target'),
    ...(nearest.length > 0
      ? nearest.map(actionLine)
      : [{ text: 'Every measure with a target is at its target.', color: palette.muted }]),
    ...(unrated.length > 0
      ? [
          heading('Without a rate', { above: 10 }),
          ...unrated.map((row): Content => ({ text: `${row.title}: ${rateText(row.rate)}`, fontSize: 8.5 })),
        ]
      : []),
  ];
}

function actionLine(row: ScorecardRow): Content {
  const { improvementNotation: notation } = row;
  const people = row.position?.patientsToTarget === 1 ? 'patient' : 'patients';
  const verb = notation === 'increase' ? 'in the numerator' : 'in the numerator (lower is better)';
  return {
    margin: [0, 0, 0, 7],
    unbreakable: true,
    stack: [
      { text: row.title, bold: true, fontSize: 9 },
      {
        fontSize: 8.5,
        text: [
          { text: `${distanceText(row.position, notation)} ${people}`, color: palette.short, bold: true },
          { text: ` ${verb}`, color: palette.muted },
        ],
      },
      {
        fontSize: 8,
        color: palette.muted,
        text: `${rateText(row.rate)} against ${targetText(row.target, notation)}${row.change ? ` · ${pointsText(row.change)} since ${dateText(row.change.since)}` : ''}`,
      },
    ],
  };
}
