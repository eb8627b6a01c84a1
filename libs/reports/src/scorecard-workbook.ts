import { directionText, originText } from './measure-wording';
import type { MemberRates, MemberRow, Rate, ScorecardReport, ScorecardRow } from './scorecard-report';
import { distanceText, rateText } from './wording';
import { writeWorkbook, type Cell, type Column, type Sheet, type Workbook } from './xlsx-workbook';

/** The scorecard as a workbook for people who go on calculating: exact rates, every count, no rounding. */
export async function writeScorecardWorkbook(report: ScorecardReport, path: string): Promise<void> {
  await writeWorkbook(scorecardWorkbook(report), path);
}

export function scorecardWorkbook(report: ScorecardReport): Workbook {
  return {
    title: report.title,
    createdAt: new Date(report.generatedAt),
    sheets: [
      summarySheet(report),
      memberSheet('By site', 'Site', report.sites),
      memberSheet('By provider', 'Provider', report.providers),
      definitionSheet(report),
    ],
  };
}

/** Stands for what a measure does not define or what can't be known. Never zero, and no program sums it up. */
const NOTHING = '–';

const countColumns: Column[] = [
  'Performance numerator',
  'Performance denominator',
  'Initial population',
  'Denominator',
  'Denominator exclusion',
  'Denominator exception',
  'Numerator',
  'Numerator exclusion',
].map((header) => ({ header, width: 13, format: 'count' as const }));

const positionColumns: Column[] = [
  { header: 'Rate', width: 14, format: 'rate' },
  { header: 'Better', width: 15, format: 'text' },
  { header: 'Target', width: 10, format: 'rate' },
  { header: 'Patients to target', width: 12, format: 'text' },
];

const openGaps: Column = { header: 'Open gaps', width: 10, format: 'count' };

function summarySheet(report: ScorecardReport): Sheet {
  const { publication } = report;
  const months = report.rows.find(({ trend }) => trend.length > 0)?.trend.map(({ month }) => month) ?? [];
  return {
    name: 'Summary',
    preface: [
      [report.title],
      ['Measurement period', day(publication.periodStart), day(publication.periodEnd)],
      ['Data as of', day(publication.dataAsOf), 'Patients', publication.patients],
      ['Evaluation run', publication.runId, 'Engine', publication.engineVersion],
      ['Content hash', publication.contentHash, 'Report made', report.generatedAt],
      [`“${NOTHING}”: not defined by the measure, or not known; never zero`],
    ],
    columns: [
      { header: 'Measure', width: 42, format: 'text' },
      { header: 'Name', width: 24, format: 'text' },
      { header: 'Version', width: 12, format: 'text' },
      ...positionColumns,
      ...countColumns,
      openGaps,
      { header: 'Change since last month (points)', width: 13, format: 'points' },
      { header: 'Change since last month (numerator)', width: 13, format: 'count' },
      ...months.map((month): Column => ({ header: month, width: 9, format: 'rate' })),
    ],
    rows: report.rows.map((row) => [
      row.title,
      row.name,
      row.version,
      ...positionCells(row),
      ...countCells(row),
      row.openGaps ?? NOTHING,
      row.change?.points ?? NOTHING,
      row.change?.patients ?? NOTHING,
      ...months.map((_, index) => row.trend[index]?.rate ?? NOTHING),
    ]),
  };
}

function memberSheet(name: string, kind: string, members: readonly MemberRates[]): Sheet {
  return {
    name,
    preface: [],
    columns: [
      { header: kind, width: 32, format: 'text' },
      { header: `${kind} id`, width: 18, format: 'text' },
      { header: 'Measure', width: 42, format: 'text' },
      ...positionColumns,
      ...countColumns,
      openGaps,
    ],
    rows: members.flatMap((member) =>
      member.rows.map((row) => [
        member.label,
        member.memberId,
        row.title,
        ...positionCells(row),
        ...countCells(row),
        row.openGaps ?? NOTHING,
      ]),
    ),
  };
}

function definitionSheet(report: ScorecardReport): Sheet {
  const headers: [string, number][] = [
    ['Measure', 42],
    ['Name', 24],
    ['Version', 12],
    ['Scoring', 14],
    ['Better', 16],
    ['Description', 60],
    ['Origin', 40],
    ['Guideline', 40],
    ['Copyright', 40],
    ['Disclaimer', 40],
    ['Canonical', 50],
  ];
  return {
    name: 'Definitions',
    preface: [],
    columns: headers.map(([header, width]) => ({ header, width, format: 'text' })),
    rows: report.measures.map((measure) => [
      measure.title,
      measure.name,
      measure.version,
      measure.scoring,
      directionText(measure),
      measure.description ?? NOTHING,
      originText(measure),
      measure.guideline ?? NOTHING,
      measure.copyright ?? NOTHING,
      measure.disclaimer ?? NOTHING,
      measure.canonical,
    ]),
  };
}

function positionCells(row: ScorecardRow | MemberRow): Cell[] {
  return [
    rateCell(row.rate),
    directionText(row),
    row.target ?? 'none set',
    distanceText(row.position, row.improvementNotation),
  ];
}

function rateCell(rate: Rate): Cell {
  return rate.kind === 'rate' ? rate.value : rateText(rate);
}

function countCells({ counts }: ScorecardRow | MemberRow): Cell[] {
  return [
    counts?.performanceNumerator,
    counts?.performanceDenominator,
    counts?.initialPopulation,
    counts?.denominator,
    counts?.denominatorExclusion,
    counts?.denominatorException,
    counts?.numerator,
    counts?.numeratorExclusion,
  ].map((count) => count ?? NOTHING);
}

/** A day as a spreadsheet's date, without a time zone's shift. */
function day(iso: string): Date {
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`);
}
