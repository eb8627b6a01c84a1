import { definitionsSection } from './scorecard-pdf-definitions';
import { overviewSection } from './scorecard-pdf-overview';
import { scorecardTable, siteTables } from './scorecard-pdf-tables';
import { writePdf, type PdfDocument } from './pdf-document';
import type { ScorecardReport } from './scorecard-report';
import { dateText } from './wording';

/** The scorecard as a paged document: one page to look at, then the tables, then what the numbers mean. */
export async function writeScorecardPdf(report: ScorecardReport, path: string): Promise<void> {
  await writePdf(scorecardDocument(report), path);
}

export function scorecardDocument(report: ScorecardReport): PdfDocument {
  const { publication } = report;
  return {
    title: `${report.title}, data as of ${dateText(publication.dataAsOf)}`,
    subject: `Measurement period ${publication.periodStart} to ${publication.periodEnd}`,
    createdAt: new Date(report.generatedAt),
    footer: `${report.title} · data as of ${dateText(publication.dataAsOf)} · run ${publication.runId} · hash ${publication.contentHash.slice(0, 16)}`,
    content: [
      ...overviewSection(report),
      ...scorecardTable(report),
      ...siteTables(report),
      ...definitionsSection(report),
    ],
  };
}
