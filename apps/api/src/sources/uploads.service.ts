import { Inject, Injectable, PayloadTooLargeException } from '@nestjs/common';
import { createWriteStream } from 'node:fs';
import { link, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AuditTrailService, type Principal } from '@catchment/access';
import { Diagnostic, newId, type Settings } from '@catchment/platform';
import { dropFolder, prepareDropFolder } from '@catchment/sources';
import type { UploadedFile } from '../clinical/contract';
import { SETTINGS } from '../settings.module';
import { SourcesService } from './sources.service';

/** The largest file that is taken over HTTP; larger ones are laid into the folder by other ways. */
const mostBytes = 20_000_000_000;
/** So much of the disk stays free. */
const reserve = 1_000_000_000;

export interface Upload {
  /** As the sender calls it. */
  name: string;
  /** As announced by Content-Length; absent for a chunked transfer. */
  bytes?: number;
  content: Readable;
}

/** Files that somebody lays into the folder of a source with the browser. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly sources: SourcesService,
    private readonly audit: AuditTrailService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Streams a file to the disk; it appears under its name when all of it is there.
   * @throws Diagnostic when the source is no folder, the name is none or taken, or the disk is full
   */
  async keep(by: Principal, sourceId: string, { name, bytes, content }: Upload): Promise<UploadedFile> {
    const { name: source, configuration } = await this.sources.find(sourceId);
    if (configuration.kind !== 'folder' && configuration.kind !== 'csv')
      throw new Diagnostic('files are laid into sources that are folders');
    const folder = dropFolder(this.settings.dataDir, source, configuration);
    prepareDropFolder(folder, configuration, this.settings);
    const target = join(folder, safeName(name));
    if (bytes !== undefined) await checkSize(folder, bytes);
    // Hidden: a run that looks meanwhile does not see it.
    const partial = join(folder, `.upload-${newId()}`);
    const counter = new ByteCounter();
    try {
      await pipeline(content, counter, createWriteStream(partial, { mode: 0o600, flags: 'wx' }));
      if (counter.bytes === 0) throw new Diagnostic('the file is empty');
      await link(partial, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new Diagnostic('a file of this name waits in the folder already');
    } finally {
      await rm(partial, { force: true });
    }
    // Names of files may be those of patients: only how much came is recorded.
    await this.audit.record({
      actor: by.email,
      action: 'upload-file',
      objectType: 'Source',
      objectId: sourceId,
      detail: { bytes: counter.bytes },
    });
    return { name: safeName(name), bytes: counter.bytes };
  }
}

/** A name that stays in its folder and that a run takes for a complete file. */
function safeName(name: string): string {
  const plain = (name.split(/[/\\]/).at(-1) ?? '').replace(/[^\p{L}\p{N} ._()-]/gu, '_').trim();
  if (plain === '' || plain.startsWith('.') || plain.length > 200)
    throw new Diagnostic('the file needs a name of at most 200 characters that does not begin with a dot');
  if (plain === 'done' || plain === 'refused') throw new Diagnostic(`a file cannot have the name "${plain}"`);
  return plain;
}

async function checkSize(folder: string, bytes: number): Promise<void> {
  if (bytes > mostBytes) throw new PayloadTooLargeException(`a file may have ${mostBytes} bytes`);
  const { bavail, bsize } = await statfs(folder);
  if (bytes + reserve > bavail * bsize)
    throw new Diagnostic('the file does not fit on the disk of the folder');
}

class ByteCounter extends Transform {
  bytes = 0;

  override _transform(chunk: Buffer, _: string, done: (error: Error | null, chunk?: Buffer) => void): void {
    this.bytes += chunk.length;
    if (this.bytes > mostBytes) done(new PayloadTooLargeException(`a file may have ${mostBytes} bytes`));
    else done(null, chunk);
  }
}
