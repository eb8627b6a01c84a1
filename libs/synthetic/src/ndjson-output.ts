import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';

/** Text that is kept per file before it is written: bounds the memory, whatever the population's size. */
const bufferedCharacters = 1 << 20;
const partialFolder = '.partial';

interface OpenFile {
  descriptor: number;
  name: string;
  bytes: number;
}

interface TypeOutput {
  pending: string;
  count: number;
  files: number;
  open?: OpenFile;
}

/**
 * One NDJSON file per resource type (`Patient.ndjson`), or several (`Patient.001.ndjson`, …) when `maxFileBytes`
 * is given. Everything is written in a folder `.partial` first; only `finish` puts the files in their place.
 */
export class NdjsonOutput {
  private readonly types = new Map<string, TypeOutput>();
  private readonly names: string[] = [];
  private totalBytes = 0;

  /** @throws Diagnostic when the folder has NDJSON files already and `overwrite` is not set. */
  constructor(
    private readonly folder: string,
    private readonly options: { maxFileBytes?: number; overwrite?: boolean },
  ) {
    mkdirSync(folder, { recursive: true });
    if (!options.overwrite && ndjsonFiles(folder).length > 0) {
      throw new Diagnostic(
        'the output folder already has NDJSON files: choose an empty one, or allow overwriting',
        {
          file: folder,
        },
      );
    }
    rmSync(join(folder, partialFolder), { recursive: true, force: true });
    mkdirSync(join(folder, partialFolder));
  }

  /** Adds one resource: its JSON text without the line end. */
  add(type: string, line: string): void {
    let output = this.types.get(type);
    if (!output) this.types.set(type, (output = { pending: '', count: 0, files: 0 }));
    output.pending += line + '\n';
    output.count++;
    if (output.pending.length >= bufferedCharacters) this.flush(type, output);
  }

  /** Writes what is left, puts the files in their place; number of resources per type, and bytes of all files. */
  finish(): { resources: Record<string, number>; bytes: number } {
    const resources: Record<string, number> = {};
    for (const [type, output] of [...this.types].sort(([left], [right]) => (left < right ? -1 : 1))) {
      this.flush(type, output);
      if (output.open) closeSync(output.open.descriptor);
      resources[type] = output.count;
    }
    for (const stale of ndjsonFiles(this.folder)) rmSync(join(this.folder, stale));
    for (const name of this.names)
      renameSync(join(this.folder, partialFolder, name), join(this.folder, name));
    rmSync(join(this.folder, partialFolder), { recursive: true, force: true });
    return { resources, bytes: this.totalBytes };
  }

  /** Removes what was written so far. */
  abandon(): void {
    for (const output of this.types.values()) if (output.open) closeSync(output.open.descriptor);
    rmSync(join(this.folder, partialFolder), { recursive: true, force: true });
  }

  private flush(type: string, output: TypeOutput): void {
    if (output.pending === '') return;
    const bytes = Buffer.from(output.pending);
    output.pending = '';
    const limit = this.options.maxFileBytes;
    if (output.open && limit && output.open.bytes + bytes.length > limit) {
      closeSync(output.open.descriptor);
      output.open = undefined;
    }
    const file = (output.open ??= this.openNext(type, output));
    for (let written = 0; written < bytes.length;) written += writeSync(file.descriptor, bytes, written);
    file.bytes += bytes.length;
    this.totalBytes += bytes.length;
  }

  private openNext(type: string, output: TypeOutput): OpenFile {
    output.files++;
    const part = this.options.maxFileBytes ? `.${String(output.files).padStart(3, '0')}` : '';
    const name = `${type}${part}.ndjson`;
    this.names.push(name);
    return { descriptor: openSync(join(this.folder, partialFolder, name), 'w'), name, bytes: 0 };
  }
}

function ndjsonFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ndjson')) : [];
}
