import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '@catchment/cql';
import { loadPaths, type LoadReport, type LoadRequest } from '@catchment/ingest';
import { MartsReader, openWarehouse, publish, type Database } from '@catchment/warehouse';
import { importPackages } from '../packages';
import { evaluateRun, type EvaluateRunRequest } from './evaluate-run';
import { readMeasurementPeriod } from './measurement-period';
import { prepareMeasures } from './prepare-measures';
import type { MeasureOutcome } from './run-outcome';

/** A proportion measure written in a spec, imported into a warehouse of its own. */
export class WrittenMeasure {
  private constructor(
    readonly folder: string,
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

  /** The same measure with the same data, in a warehouse of its own. */
  async copy(): Promise<WrittenMeasure> {
    await this.connection.run('checkpoint');
    const folder = mkdtempSync(join(tmpdir(), 'catchment-written-'));
    cpSync(this.folder, folder, { recursive: true });
    return new WrittenMeasure(folder, await openWarehouse(folder));
  }

  /** Loads resources as a file of that name. */
  load(
    file: string,
    resources: readonly object[],
    request: Partial<Pick<LoadRequest, 'panel' | 'demand' | 'source'>> = {},
  ): Promise<LoadReport> {
    return loadPaths({
      connection: this.database.main,
      dataDir: this.folder,
      paths: [this.write(file, resources)],
      ...request,
    });
  }

  /** Loads a Bundle of deletions as a file of that name. */
  delete(file: string, ...references: string[]): Promise<LoadReport> {
    const entry = references.map((url) => ({ request: { method: 'DELETE', url } }));
    const deletions = [this.write(file, [{ resourceType: 'Bundle', type: 'transaction', entry }])];
    return loadPaths({ connection: this.database.main, dataDir: this.folder, paths: [], deletions });
  }

  get connection(): Database['main'] {
    return this.database.main;
  }

  rows<T>(sql: string): Promise<T[]> {
    return this.connection.rows<T>(sql);
  }

  /** Publishes the last evaluation and reads what is published. */
  async published(sql: string): Promise<object[]> {
    await publish(this.database.main, { dataDir: this.folder, publishedAt: new Date(0) });
    const marts = new MartsReader(this.folder);
    try {
      return await marts.read((connection) => connection.rows(sql));
    } finally {
      marts.close();
    }
  }

  /** Evaluates for 2026. */
  async evaluate(options: Partial<EvaluateRunRequest> = {}): Promise<MeasureOutcome[]> {
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

  /** What the measure is compiled to, nothing being known of the data. */
  statements(): Program['statements'] {
    const { prepared } = prepareMeasures({
      dataDir: this.folder,
      measureIds: 'all',
      period: readMeasurementPeriod('2026-01-01/2026-12-31'),
      evaluatedAt: '2026-11-01T00:00:00.000',
    });
    return prepared[0]!.compiled.program.statements;
  }

  private write(file: string, resources: readonly object[]): string {
    const path = join(this.folder, file);
    writeFileSync(path, resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
    return path;
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
