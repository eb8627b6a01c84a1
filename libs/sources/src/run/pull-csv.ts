import { Diagnostic } from '@catchment/platform';
import type { CsvConfiguration, Source } from '@catchment/store';
import { loadDrop } from '../csv/load-drop';
import { mappingOfSource } from '../csv/source-mapping';
import { dropFolder, prepareDropFolder } from '../folder/drop-folder';
import { findingsOfDrop } from './findings';
import type { PullOutcome, SourceSurroundings } from './pull-source';

/**
 * Loads the CSV files that lie in the folder of a source.
 * @param staging folder for what is made of them
 * @throws Diagnostic when they were refused as a whole, or there is no mapping
 */
export async function pullCsv(
  { id, name }: Source,
  configuration: CsvConfiguration,
  staging: string,
  surroundings: SourceSurroundings,
): Promise<PullOutcome> {
  const { dataDir, settings, store } = surroundings;
  const mapping = await mappingOfSource(store, id);
  const folder = dropFolder(dataDir, name, configuration);
  prepareDropFolder(folder, configuration, settings);
  const report = await loadDrop(folder, { source: name, mapping, staging }, surroundings);
  if (report.dropRefused !== null)
    throw new Diagnostic(
      `nothing was applied: ${report.dropRefused}. Correct the file, or the mapping, and send all files of the drop again; they lie in the folder "refused"`,
    );
  const { loaded = {}, unchanged = 0, outdated = 0, quarantined = 0, deleted = 0 } = report.load ?? {};
  const setAside = report.extract?.setAsideRows ?? 0;
  return {
    complete: report.unknown.length === 0 && report.growing.length === 0,
    counts: {
      loaded,
      unchanged,
      outdated,
      quarantined: quarantined + setAside,
      deleted,
      files: report.done.length,
    },
    findings: findingsOfDrop(report),
    transactionTime: null,
    watermark: null,
  };
}
