import { completeLoads, loadPaths, type LoadReport } from '@catchment/ingest';
import type { PullSurroundings } from '../pull/pull-export';
import { convertExtract, type ConvertedExtract, type ExtractRequest } from './convert/convert-extract';

/** What became of an extract. */
export interface LoadedExtract {
  extract: ConvertedExtract;
  /** Absent where nothing was there to be loaded. */
  load: LoadReport | undefined;
}

/**
 * Turns the files of an extract into resources and loads them, all in one load: what a full extract does not name any
 * more is deleted with it. The same files once more change nothing.
 * @throws Diagnostic when a file can not be read as a whole, or would take away too much; then nothing is applied
 */
export async function loadExtract(
  request: Omit<ExtractRequest, 'onProgress' | 'signal'>,
  { dataDir, useWarehouse, demand, signal, onProgress }: Omit<PullSurroundings, 'pacing'>,
): Promise<LoadedExtract> {
  return useWarehouse(async (connection) => {
    // What is known is compared with the extract: an earlier load that was interrupted belongs to it.
    await completeLoads(connection, dataDir, { signal });
    const extract = await convertExtract(connection, {
      ...request,
      signal,
      onProgress: (bytes, totalBytes) => onProgress?.({ step: 'reading', bytes, totalBytes }),
    });
    const { paths, deletions } = extract;
    if (paths.length === 0 && deletions === undefined) return { extract, load: undefined };
    const load = await loadPaths({
      connection,
      dataDir,
      paths,
      deletions: deletions === undefined ? [] : [deletions],
      source: request.source,
      origin: 'csv',
      demand,
      signal,
      onProgress: ({ step, done, total }) =>
        onProgress?.({ step: step === 'reading' ? 'landing' : step, bytes: done, totalBytes: total }),
    });
    return { extract, load };
  }, signal);
}
