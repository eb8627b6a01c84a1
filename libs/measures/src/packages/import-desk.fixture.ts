import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fixedClock } from '@catchment/platform';
import { listValueSets } from '@catchment/terminology';
import { Database, prepareWarehouse } from '@catchment/warehouse';
import { importPackages, type PackageImport } from './import-packages';
import type { ImportPackagesOptions } from './import-options';
import { listMeasures } from './package-store';

/** A folder of content, an empty data folder and an empty warehouse, for one test. */
export class ImportDesk {
  private constructor(
    private readonly database: Database,
    private readonly root: string,
  ) {}

  /** @param translations a folder where tests share the content store, so that each text is translated once. */
  static async open(translations?: string): Promise<ImportDesk> {
    const database = await Database.open(':memory:');
    await prepareWarehouse(database.main);
    const desk = new ImportDesk(database, mkdtempSync(join(tmpdir(), 'packages-')));
    mkdirSync(desk.content);
    mkdirSync(join(desk.dataDir, 'packages'), { recursive: true });
    if (translations) symlinkSync(translations, join(desk.dataDir, 'packages', '.content'));
    return desk;
  }

  close(): void {
    this.database.close();
    rmSync(this.root, { recursive: true });
  }

  get dataDir(): string {
    return join(this.root, 'data');
  }

  get content(): string {
    return join(this.root, 'content');
  }

  write(path: string, text: string | Buffer): string {
    const file = join(this.content, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  async load(options: Partial<ImportPackagesOptions> = {}): Promise<PackageImport> {
    return importPackages({
      dataDir: this.dataDir,
      paths: [this.content],
      connect: async () => this.database.main,
      clock: fixedClock('2026-11-25T00:00:00Z'),
      ...options,
    });
  }

  /** The reason why nothing was imported; checks that nothing was kept. */
  async refusal(options?: Partial<ImportPackagesOptions>): Promise<string> {
    const outcome = await this.load(options).catch((error: Error) => error);
    expect(outcome).toMatchObject({ name: 'Diagnostic' });
    expect(listMeasures(this.dataDir)).toEqual([]);
    expect(await listValueSets(this.database.main)).toEqual([]);
    return (outcome as Error).message;
  }
}

/** A folder for translations that the tests of a file share. */
export function sharedTranslations(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'translations-'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
