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
  /** Types that were asked for and not granted. */
  notGranted: string[];
  /** How often it was begun anew because the server had thrown its files away. */
  restarts: number;
}

/** The state of the export that belongs to a folder; replaced in one step, so that a crash leaves the old or the new. */
export class ExportRecord {
  private readonly path: string;

  constructor(readonly folder: string) {
    this.path = join(folder, 'export.json');
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
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
