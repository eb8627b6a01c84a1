import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import type { ExportProgress } from './export-progress';
import { download, TruncatedDownload } from './download';
import type { ExportFile, ExportRecord, ExportState } from './export-state';
import { refusal, type FhirHttp } from './fhir-http';
import { backOff, type Pacing } from './pacing';

/** The server does not have the files any more (404, 410). */
export class GoneFiles extends Diagnostic {}

/** A file came as a whole and holds another number of resources than announced. */
class WrongCount extends Diagnostic {}

export interface DownloadOptions {
  http: FhirHttp;
  pacing: Pacing;
  signal?: AbortSignal;
  /** The headers that prove who asks, where the manifest asks for it. */
  authorize: (file: ExportFile) => Promise<Record<string, string>>;
  forgetToken: () => void;
  onProgress?: (progress: ExportProgress) => void;
}

/** A broken transfer is begun anew so often. */
const tries = 3;

/** Downloads what is not here yet, one file after the other; each finished one is noted before the next begins. */
export async function downloadFiles(
  record: ExportRecord,
  state: ExportState,
  options: DownloadOptions,
): Promise<void> {
  const files = state.files ?? [];
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const tell = (): void =>
    options.onProgress?.({
      step: 'downloading',
      files: { done: files.filter(({ done }) => done).length, total: files.length },
      bytes,
    });
  for (const [index, file] of files.entries()) {
    if (file.done) continue;
    tell();
    const what = `file ${index + 1} of ${files.length} (${file.type || file.kind})`;
    const got = await downloadFile(file, join(record.folder, file.name), what, options, (more) => {
      bytes += more;
      tell();
    });
    Object.assign(file, got, { done: true });
    record.write(state);
  }
  tell();
}

async function downloadFile(
  file: ExportFile,
  path: string,
  what: string,
  options: DownloadOptions,
  onBytes: (bytes: number) => void,
): Promise<{ bytes: number; lines: number }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const got = await download(await request(file, what, options), path, what, onBytes, options.signal);
      if (file.count === undefined || file.count === got.lines || file.kind === 'outcome') return got;
      throw new WrongCount(`${what} has ${got.lines} lines; the manifest says ${file.count}`);
    } catch (error) {
      const again = error instanceof TruncatedDownload || error instanceof WrongCount;
      if (!again || attempt >= tries) throw error;
      await options.pacing.sleep(backOff(attempt, 1_000, 30_000), options.signal);
    }
  }
}

async function request(file: ExportFile, what: string, options: DownloadOptions): Promise<Response> {
  const url = new URL(file.url);
  for (let attempt = 0; ; attempt++) {
    const response = await options.http.send({
      method: 'GET',
      url,
      what,
      headers: {
        accept: 'application/fhir+ndjson',
        'accept-encoding': 'gzip',
        ...(await options.authorize(file)),
      },
      signal: options.signal,
    });
    if (response.ok) return response;
    if (response.status === 401 && attempt === 0) {
      await response.body?.cancel();
      options.forgetToken();
      continue;
    }
    const refused = await refusal(response, what);
    if (response.status === 404 || response.status === 410)
      throw new GoneFiles(`${refused.message}; the server has removed it`, {}, { cause: refused });
    throw refused;
  }
}
