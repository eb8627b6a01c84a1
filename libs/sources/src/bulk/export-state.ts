import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic, writeFileAtomic } from '@catchment/platform';
import type { ExportRequest } from './export-request';
import type { ManifestFile } from './manifest';

/** A file of the manifest, and whether it is on this disk already. */
export interface ExportFile extends ManifestFile {
  /** Name in the folder of the export. */
  name: string;
  done: boolean;
  bytes: number;
  /** Non-empty lines. */
  lines: number;
}

/** How far an export is: enough to go on after a crash. */
export interface ExportState {
  request: ExportRequest;
  /** Address of the FHIR server. */
  base: string;
  kickedOffAt: string;
  statusUrl: string;
  transactionTime?: string;
  files?: ExportFile[];
  /** When the last file was here. */
  finishedAt?: string;
  /** When a job was begun whose address this machine lost by ending before it was noted. */
  lostJobAt?: string;
  /** Types that were asked for and not granted. */
  notGranted: string[];
  /** How often it was begun anew because the server had thrown its files away. */
  restarts: number;
}

/** The state of the export that belongs to a folder; replaced in one step, so that a crash leaves the old or the new. */
export class ExportRecord {
  private readonly path: string;
  private readonly intentPath: string;

  constructor(readonly folder: string) {
    this.path = join(folder, 'export.json');
    this.intentPath = join(folder, 'kick-off.json');
  }

  read(): ExportState | undefined {
    if (!existsSync(this.path)) return undefined;
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as ExportState;
    } catch (cause) {
      throw new Diagnostic('the record of the export is damaged', { file: this.path }, { cause });
    }
  }

  write(state: ExportState): void {
    writeFileAtomic(this.path, JSON.stringify(state));
    rmSync(this.intentPath, { force: true });
  }

  remove(): void {
    rmSync(this.path, { force: true });
    rmSync(this.intentPath, { force: true });
  }

  /**
   * Notes that a job is about to be asked for: between the server's answer and the note of its address this machine may
   * end, and then the server has a job that nobody can give back.
   */
  intend(at: Date): void {
    writeFileAtomic(this.intentPath, JSON.stringify({ at: at.toISOString() }));
  }

  /** When a job was asked for whose address was never noted; undefined when there is none. */
  lostJob(): string | undefined {
    if (!existsSync(this.intentPath)) return undefined;
    return (JSON.parse(readFileSync(this.intentPath, 'utf8')) as { at: string }).at;
  }

  /** The server refused: there is no job. */
  forgetIntent(): void {
    rmSync(this.intentPath, { force: true });
  }
}
