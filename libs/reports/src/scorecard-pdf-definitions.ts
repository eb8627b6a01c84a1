import { directionText, originText } from './measure-wording';
import { palette } from './palette';
import type { Content, CustomTableLayout, TableCell } from './pdf-document';
import { heading } from './pdf-typography';
import type { MeasureDefinition, ScorecardReport } from './scorecard-report';
import { countText, dateText } from './wording';

/** The last pages: what each measure counts, from whom it is, and which run the numbers are of. */
export function definitionsSection(report: ScorecardReport): Content[] {
  return [
    heading('What the measures count', { onNewPage: true }),
    definitionColumns(report.measures),
    {
      unbreakable: true,
      stack: [heading('Where the numbers come from', { above: 6 }), provenance(report)],
    },
  ];
}

/** Two columns, in reading order left to right; a measure is not torn apart by a page break. */
function definitionColumns(measures: readonly MeasureDefinition[]): Content {
  const pairs = Array.from({ length: Math.ceil(measures.length / 2) }, (_, index) =>
    measures.slice(index * 2, index * 2 + 2),
  );
  if (pairs.length === 0) return { text: 'The run has no measures.' };
  return {
    layout: {
      ...noLines,
      paddingRight: (index) => (index === 0 ? 12 : 0),
      paddingLeft: (index) => (index === 0 ? 0 : 12),
    },
    table: {
      widths: ['*', '*'],
      dontBreakRows: true,
      body: pairs.map(([left, right]) => [left ? definition(left) : '', right ? definition(right) : '']),
    },
  };
}

const noLines: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 0,
};

function definition(measure: MeasureDefinition): TableCell {
  const small = (label: string, text: string | null): Content[] =>
    text ? [{ text: [{ text: `${label}: `, bold: true }, text], fontSize: 7.5, color: palette.muted }] : [];
  return {
    margin: [0, 0, 0, 8],
    stack: [
      { text: measure.title, bold: true },
      {
        text: `${measure.name} · version ${measure.version} · ${measure.scoring} · ${directionText(measure)}`,
        fontSize: 7.5,
        color: palette.muted,
      },
      ...(measure.description ? [{ text: measure.description, fontSize: 8.5 }] : []),
      { text: originText(measure), fontSize: 8.5, italics: true },
      ...small('Guideline', measure.guideline),
      ...small('Copyright', measure.copyright),
      ...small('Disclaimer', measure.disclaimer),
      { text: measure.canonical, fontSize: 7, color: palette.muted },
    ],
  };
}

function provenance({ publication, generatedAt }: ScorecardReport): Content {
  const lines: [string, string][] = [
    ['Evaluation run', publication.runId],
    ['Content hash', publication.contentHash],
    ['Measurement period', `${publication.periodStart} to ${publication.periodEnd} (both days included)`],
    ['Data as of', publication.dataAsOf],
    ['Published', publication.publishedAt],
    ['Report made', generatedAt],
    ['Engine', `Catchment ${publication.engineVersion}`],
    ['Patients', `${countText(publication.patients)} on ${dateText(publication.dataAsOf)}`],
  ];
  return {
    fontSize: 8,
    layout: 'noBorders',
    table: {
      widths: [100, '*'],
      body: lines.map(([label, value]) => [{ text: label, color: palette.muted }, { text: value }]),
    },
  };
}
