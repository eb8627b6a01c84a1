import { changeColour, positionColour, sparkline } from './charts';
import { palette } from './palette';
import type { Content, ContentTable, TableCell } from './pdf-document';
import { heading, note } from './pdf-typography';
import {
  MINIMUM_CASES,
  type MemberRates,
  type MemberRow,
  type ScorecardReport,
  type ScorecardRow,
} from './scorecard-report';
import { countText, distanceText, patientsText, pointsText, rateText, targetText } from './wording';

/** Sites side by side on one page; more go to further tables. */
const SITES_PER_TABLE = 7;

type TableLayout = Exclude<ContentTable['layout'], string | undefined>;

const tableLayout: TableLayout = {
  hLineWidth: (index, node) => (index === 0 ? 0 : index === node.table.headerRows ? 1 : 0.5),
  vLineWidth: () => 0,
  hLineColor: (index, node) => (index === node.table.headerRows ? palette.brand : palette.rule),
  paddingLeft: () => 4,
  paddingRight: () => 4,
  paddingTop: () => 4,
  paddingBottom: () => 4,
};

/** One row per measure: rate, 13 months, target, counts with exclusions and exceptions apart, change, open gaps. */
export function scorecardTable({ rows }: ScorecardReport): Content[] {
  return [
    heading('Scorecard', { onNewPage: true }),
    {
      layout: tableLayout,
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: ['*', 52, 76, 44, 46, 40, 40, 36, 36, 62, 34],
        body: [
          [
            head('Measure', 'left'),
            head('Rate'),
            head('13 months', 'center'),
            head('Target'),
            head('Patients\nto target'),
            head('Numer-\nator'),
            head('Denom-\ninator'),
            head('Exclu-\nsions'),
            head('Excep-\ntions'),
            head('Since last\nmonth'),
            head('Open\ngaps'),
          ],
          ...rows.map(scorecardRow),
        ],
      },
    },
    note(
      'Rate = numerator (less numerator exclusions) ÷ denominator (less exclusions and exceptions); the two columns show the terms of the rate. ' +
        '“–”: the measure does not define it, or there is nothing to compare with. The scale of each 13-month line is its own; a gap is a month without a rate.',
    ),
  ];
}

function scorecardRow(row: ScorecardRow): TableCell[] {
  const { counts, improvementNotation: notation } = row;
  return [
    {
      stack: [
        { text: row.title, bold: true },
        {
          text: `${row.name} · version ${row.version}${notation === 'decrease' ? ' · lower is better' : ''}`,
          fontSize: 7.5,
          color: palette.muted,
        },
      ],
    },
    rateCell(row),
    row.trend.some(({ rate }) => rate !== null)
      ? { svg: sparkline(row, 76, 22), alignment: 'center' }
      : { text: 'no history', color: palette.muted, fontSize: 7.5, alignment: 'center' },
    number(targetText(row.target, notation)),
    {
      ...number(distanceText(row.position, notation)),
      color: row.position ? positionColour(row) : palette.muted,
    },
    number(countText(counts?.performanceNumerator)),
    number(countText(counts?.performanceDenominator)),
    number(countText(counts?.denominatorExclusion)),
    number(countText(counts?.denominatorException)),
    {
      alignment: 'right',
      stack: row.change
        ? [
            { text: `${pointsText(row.change)}${betterWord(row)}`, color: changeColour(row) },
            { text: patientsText(row.change), fontSize: 7, color: palette.muted },
          ]
        : [{ text: '–' }],
    },
    number(countText(row.openGaps)),
  ];
}

/** Measures down, sites across: a rate each, with the denominator under it. */
export function siteTables({ sites, rows }: ScorecardReport): Content[] {
  if (sites.length === 0) return [];
  const tables = chunks(sites, SITES_PER_TABLE).map((some): Content => ({
    margin: [0, 0, 0, 10],
    layout: tableLayout,
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [160, 74, ...some.map(() => '*')],
      body: [
        [head('Measure', 'left'), head('All'), ...some.map((site) => head(site.label))],
        ...rows.map((row, index): TableCell[] => [
          measureCell(row),
          siteCell(row),
          ...some.map((site) => siteCell(site.rows[index])),
        ]),
      ],
    },
  }));
  return [
    heading('By site', { onNewPage: true }),
    ...tables,
    note(
      `Under each rate: patients in the denominator less exclusions and exceptions, and how many more (or fewer) in the numerator reach the target. Grey: fewer than ${MINIMUM_CASES} patients, too few to compare sites. ` +
        'The rates by provider are in the workbook that comes with this report.',
    ),
  ];
}

function siteCell(row: MemberRow | undefined): TableCell {
  if (row?.rate.kind !== 'rate') {
    return { text: row ? rateText(row.rate) : '–', alignment: 'right', fontSize: 7.5, color: palette.muted };
  }
  const cases = row.counts?.performanceDenominator ?? 0;
  const colour = cases < MINIMUM_CASES ? palette.muted : row.position ? positionColour(row) : palette.ink;
  return {
    alignment: 'right',
    stack: [
      { text: rateText(row.rate), color: colour, bold: cases >= MINIMUM_CASES },
      { text: siteSmallPrint(row, cases), fontSize: 7, color: palette.muted },
    ],
  };
}

/** What the colour of the rate says, in words. */
function siteSmallPrint(row: MemberRow, cases: number): string {
  const distance =
    cases < MINIMUM_CASES || !row.position ? '' : distanceText(row.position, row.improvementNotation);
  return `of ${countText(cases)}${distance === '' ? '' : ` · ${distance}`}`;
}

function measureCell(row: ScorecardRow): TableCell {
  return {
    stack: [
      { text: row.title, bold: true },
      ...(row.improvementNotation === 'decrease'
        ? [{ text: 'lower is better', fontSize: 7.5, color: palette.muted }]
        : []),
    ],
  };
}

function rateCell(row: ScorecardRow): TableCell {
  return row.rate.kind === 'rate'
    ? {
        text: rateText(row.rate),
        alignment: 'right',
        bold: true,
        fontSize: 10,
        color: row.position ? positionColour(row) : palette.ink,
      }
    : { text: rateText(row.rate), alignment: 'right', fontSize: 7.5, color: palette.muted };
}

function betterWord(row: ScorecardRow): string {
  if (row.change?.better === undefined) return '';
  return row.change.better ? ' better' : ' worse';
}

function head(text: string, alignment: 'left' | 'right' | 'center' = 'right'): TableCell {
  return { text, alignment, bold: true, fontSize: 8, color: palette.brand, verticalAlignment: 'bottom' };
}

function number(text: string): { text: string; alignment: 'right' } {
  return { text, alignment: 'right' };
}

function chunks(sites: readonly MemberRates[], size: number): MemberRates[][] {
  return Array.from({ length: Math.ceil(sites.length / size) }, (_, index) =>
    sites.slice(index * size, (index + 1) * size),
  );
}
