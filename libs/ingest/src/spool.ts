import { closeSync, openSync, writeSync } from 'node:fs';

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
