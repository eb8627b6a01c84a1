import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPaths } from '@catchment/ingest';
import { openWarehouse, type Database } from '@catchment/warehouse';
import { importPackages } from '../packages';
import { evaluateRun } from './evaluate-run';
import type { MeasureOutcome } from './run-outcome';

/** A proportion measure written in a spec, imported into a warehouse of its own. */
export class WrittenMeasure {
  private constructor(
    private readonly folder: string,
    private readonly database: Database,
  ) {}

  /** @param populations names of defines, by population code */
  static async import(
    library: { name: string; cql: string },
    populations: Record<string, string>,
  ): Promise<WrittenMeasure> {
    const folder = mkdtempSync(join(tmpdir(), 'catchment-written-'));
    const content = mkdtempSync(join(folder, 'content-'));
    const { name, cql } = library;
    writeFileSync(join(content, `${name}.cql`), cql);
    writeFileSync(join(content, 'measure.json'), JSON.stringify(measureOf(name, populations)));
    const database = await openWarehouse(folder);
    const connect = async (): Promise<Database['main']> => Promise.resolve(database.main);
    const { failed } = await importPackages({ dataDir: folder, paths: [content], connect });
    if (failed.length > 0) throw new Error(JSON.stringify(failed));
    return new WrittenMeasure(folder, database);
  }

  /** Loads resources as a file of that name. */
  async load(file: string, resources: readonly object[]): Promise<void> {
    const path = join(this.folder, file);
    writeFileSync(path, resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
    await loadPaths({ connection: this.database.main, dataDir: this.folder, paths: [path] });
  }

  /** Evaluates for 2026. */
  async evaluate(options: { pruning?: boolean } = {}): Promise<MeasureOutcome[]> {
    const { measures } = await evaluateRun({
      connection: this.database.main,
      dataDir: this.folder,
      measureIds: 'all',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      runId: 'run-1',
      dataAsOf: '2026-11-01T00:00:00.000Z',
      ...options,
    });
    return measures;
  }

  close(): void {
    this.database.close();
    rmSync(this.folder, { recursive: true });
  }
}

function measureOf(library: string, populations: Record<string, string>): object {
  return {
    resourceType: 'Measure',
    id: library.toUpperCase(),
    url: `http://example.org/Measure/${library}`,
    version: '1.0.0',
    status: 'draft',
    library: [`http://example.org/Library/${library}`],
    scoring: { coding: [{ code: 'proportion' }] },
    group: [
      {
        id: 'G',
        population: Object.entries(populations).map(([code, expression]) => ({
          id: code,
          code: { coding: [{ code }] },
          criteria: { language: 'text/cql-identifier', expression },
        })),
      },
    ],
  };
}
