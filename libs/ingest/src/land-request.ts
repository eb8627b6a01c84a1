import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import { findFiles, type FoundFile } from './find-files';
import { landFile, landingFile, landingFolder, sync } from './land-file';
import type { EventFile } from './ledger';
import { loadProgress, type LoadRequest } from './load-request';
import { emptyPanel, type Panel } from './panels';
import { receiveFile, type ReceivedFile } from './receive-file';
import { originals } from './select-landed';

/** The files of a load, received and landed. */
export interface Landed {
  files: { kind: EventFile['kind']; file: ReceivedFile }[];
  /** Files of resources with the content of another one of this load. */
  repeated: ReceivedFile[];
  ignored: string[];
}

/** Receives and lands all files; nothing is left in the landing zone unless all of them can be read. */
export async function landRequest(request: LoadRequest, folder: string): Promise<Landed> {
  const { connection, dataDir, panel } = request;
  const kinds: [EventFile['kind'], FoundFile[]][] = [
    ['resources', findFiles(request.paths)],
    ['deletions', findFiles(request.deletions ?? [])],
    ['panel', findFiles(panel ? writeList(panel, folder) : [])],
  ];
  const onBytes = loadProgress(
    request,
    'reading',
    kinds.flatMap(([, found]) => found).map(({ bytes }) => ({ textBytes: bytes })),
  );
  const landed: Landed = { files: [], repeated: [], ignored: [] };
  const unpacked = new UnpackedFiles();
  const fresh: string[] = [];
  try {
    for (const [kind, found] of kinds) {
      for (const each of found) {
        const options = { folder, bundles: kind === 'deletions', onBytes, signal: request.signal };
        const read = await receiveFile(each, options);
        if (!read) {
          landed.ignored.push(each.path);
          continue;
        }
        if (await landFile(connection, dataDir, read)) fresh.push(read.sha256);
        const file = unpacked.keep(read);
        const same = landed.files.some((other) => other.kind === kind && other.file.sha256 === file.sha256);
        if (!same) landed.files.push({ kind, file });
        else if (kind === 'resources') landed.repeated.push(file);
      }
    }
    await checkLanded(request, landed);
    sync(landingFolder(dataDir));
  } catch (error) {
    for (const sha256 of fresh) rmSync(landingFile(dataDir, sha256), { force: true });
    throw error;
  }
  return landed;
}

/** @throws Diagnostic when there is nothing to load, or a panel would be emptied. */
async function checkLanded(
  { connection, dataDir, paths, panel }: LoadRequest,
  landed: Landed,
): Promise<void> {
  if (landed.files.length === 0 && !(panel && 'ended' in panel))
    throw new Diagnostic('no FHIR files', { file: paths.join(', ') });
  if (!panel || !('patients' in panel) || panel.patients !== 'of these files') return;
  const resources = landed.files.filter(({ kind }) => kind === 'resources');
  const files = resources.map(({ file: { sha256, path } }) => ({ fileId: 0, sha256, path }));
  const patient =
    files.length > 0 &&
    (await connection.first(
      `select 1 as found from (${originals(dataDir, files, 'type, id')})
       where type = 'Patient' and id is not null limit 1`,
    ));
  if (!patient) throw emptyPanel(panel.name);
}

/** Writes the patients that a panel lists into a file, to be landed like one. */
function writeList(panel: Panel, folder: string): string[] {
  if (!('patients' in panel) || panel.patients === 'of these files') return [];
  const path = join(folder, 'panel.ndjson');
  const ids = [...new Set(panel.patients)].sort();
  const lines = ids.map((id) => `${JSON.stringify({ resourceType: 'Patient', id })}\n`);
  writeFileSync(path, lines.join(''), { mode: 0o600 });
  return [path];
}

/** Keeps unpacked files for the reading to come, as long as they do not fill the disk. */
class UnpackedFiles {
  private bytes = 0;

  /** Removes what is not worth keeping; it is read out of the landing zone then. */
  keep(file: ReceivedFile): ReceivedFile {
    const { path, temporary, layout } = file.text;
    if (!temporary) return file;
    if (layout === 'plain' && this.bytes + file.textBytes <= unpackedBytes) {
      this.bytes += file.textBytes;
      return file;
    }
    rmSync(path);
    return { ...file, text: { path: '', layout: 'numbered', temporary: false } };
  }
}

const unpackedBytes = 4_000_000_000;
