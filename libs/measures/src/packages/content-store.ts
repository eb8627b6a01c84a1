import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic, writeFileAtomic } from '@catchment/platform';

/**
 * Texts and ELM of all packages, each once, in `DATA_DIR/packages/.content`: measures share most of their libraries.
 * Files are never changed; a name says its content, or what it was translated from.
 */
export class ContentStore {
  private readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'packages', '.content');
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  /** Writes a text under its own hash. @returns the name. */
  put(prefix: string, text: string, extension: string): string {
    const name = `${prefix}-${hash(text)}.${extension}`;
    this.write(name, text);
    return name;
  }

  write(name: string, text: string): void {
    if (!this.has(name)) writeFileAtomic(join(this.folder, name), text);
  }

  /** @throws Diagnostic when the file is gone. */
  read(name: string): string {
    try {
      return readFileSync(this.path(name), 'utf8');
    } catch (error) {
      throw new Diagnostic(
        'the package store is damaged: import the measure again',
        { file: name },
        { cause: error },
      );
    }
  }

  path(name: string): string {
    return join(this.folder, name);
  }
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
