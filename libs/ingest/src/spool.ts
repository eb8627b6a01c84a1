import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** A temporary file that is written in large portions. */
export class Spool {
  private readonly file: number;
  private waiting: Buffer[] = [];
  private size = 0;

  constructor(readonly path: string) {
    this.file = openSync(path, 'w', 0o600);
  }

  write(bytes: Buffer): void {
    this.waiting.push(bytes);
    this.size += bytes.length;
    if (this.size >= 4_194_304) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    const bytes = Buffer.concat(this.waiting);
    for (let done = 0; done < bytes.length;) done += writeSync(this.file, bytes, done);
    this.waiting = [];
    this.size = 0;
  }
}

/** Copies bytes of a file, from `start` up to `end`, into another. */
export function copyRange(from: string, to: string, start: number, end: number): void {
  const portion = Buffer.allocUnsafe(1_048_576);
  const source = openSync(from, 'r');
  const target = openSync(to, 'w', 0o600);
  try {
    for (let place = start; place < end;) {
      const read = readSync(source, portion, 0, Math.min(portion.length, end - place), place);
      // Somebody cut the file: whoever reads the copy misses lines, and reads the landed text.
      if (read === 0) return;
      for (let done = 0; done < read;) done += writeSync(target, portion, done, read - done);
      place += read;
    }
  } finally {
    closeSync(source);
    closeSync(target);
  }
}
