import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

/** Writes lines to a file, in portions; waits where the disk is slower than the reading. */
export class LineFile {
  private readonly stream: WriteStream;
  private pending: string[] = [];
  private characters = 0;
  private failure: Error | undefined;

  constructor(readonly path: string) {
    this.stream = createWriteStream(path, { mode: 0o600 });
    this.stream.on('error', (error) => (this.failure = error));
  }

  add(line: string): void {
    this.pending.push(line);
    this.characters += line.length;
  }

  /** To be called now and then. */
  async flush(): Promise<void> {
    if (this.failure) throw this.failure;
    if (this.characters < 262_144) return;
    await this.write();
  }

  async close(): Promise<void> {
    if (this.failure) throw this.failure;
    await this.write();
    this.stream.end();
    await finished(this.stream);
  }

  /** Gives the file up. */
  abandon(): void {
    this.stream.destroy();
  }

  private async write(): Promise<void> {
    if (this.pending.length === 0) return;
    const text = `${this.pending.join('\n')}\n`;
    this.pending = [];
    this.characters = 0;
    if (!this.stream.write(text)) await once(this.stream, 'drain');
  }
}
