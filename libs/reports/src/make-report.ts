import { join } from 'node:path';
import type { Scope } from '@catchment/store';
import { composeScorecard, type MeasureTarget } from './compose-scorecard';
import { withPublishedMarts } from './published-marts';
import { reportSlug, type ReportFormat } from './report-definition';
import { readScorecardMarts } from './scorecard-marts';
import { writeScorecardPdf } from './scorecard-pdf';
import type { ScorecardReport } from './scorecard-report';
import { writeScorecardWorkbook } from './scorecard-workbook';

export interface ReportRequest {
  name: string;
  scope: Scope;
  formats: readonly ReportFormat[];
  targets: readonly MeasureTarget[];
}

/** Reads the published numbers into a scorecard report. */
export async function readScorecardReport(
  dataDir: string,
  request: Pick<ReportRequest, 'name' | 'scope' | 'targets'>,
  now: Date,
): Promise<ScorecardReport> {
  const marts = await withPublishedMarts(dataDir, (connection) =>
    readScorecardMarts(connection, request.scope),
  );
  return composeScorecard(marts, { title: request.name, generatedAt: now, targets: request.targets });
}

/** Prints a report into a folder, one file per format: `<name>-<data as of>.<format>`. Returns the paths. */
export async function writeReportFiles(
  report: ScorecardReport,
  formats: readonly ReportFormat[],
  folder: string,
): Promise<string[]> {
  const stem = `${reportSlug(report.title)}-${report.publication.dataAsOf.slice(0, 10)}`;
  const paths: string[] = [];
  for (const format of formats) {
    const path = join(folder, `${stem}.${format}`);
    await writers[format](report, path);
    paths.push(path);
  }
  return paths;
}

const writers: Record<ReportFormat, (report: ScorecardReport, path: string) => Promise<void>> = {
  pdf: writeScorecardPdf,
  xlsx: writeScorecardWorkbook,
};
