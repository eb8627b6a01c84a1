import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Demand } from '@catchment/fhir';
import { openWarehouse, type Database } from '@catchment/warehouse';
import { loadPaths } from './load-paths';
import type { LoadReport } from './load-report';
import type { LoadRequest } from './load-request';

/** A warehouse in a folder of its own, and files to load into it. */
export class LoadBench {
  database!: Database;
  readonly folder = mkdtempSync(join(tmpdir(), 'catchment-ingest-'));
  readonly dataDir = join(this.folder, 'data');
  private events = 0;

  async open(): Promise<this> {
    this.database = await openWarehouse(this.dataDir);
    return this;
  }

  /** Writes a file; objects become JSON, one line each. */
  write(name: string, content: string | Buffer | readonly (object | string)[]): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : ndjson(content));
    return path;
  }

  load(paths: string[], demand: Demand = {}, source?: string): Promise<LoadReport> {
    return loadPaths({ connection: this.database.main, dataDir: this.dataDir, paths, demand, source });
  }

  /** Loads resources as a file of its own, with what else the request says. */
  event(
    resources: readonly (object | string)[],
    request: Partial<Pick<LoadRequest, 'deletions' | 'source' | 'panel' | 'demand'>> = {},
  ): Promise<LoadReport> {
    const paths = resources.length > 0 ? [this.write(`${this.events++}.ndjson`, resources)] : [];
    return loadPaths({ connection: this.database.main, dataDir: this.dataDir, paths, ...request });
  }

  /** Writes a file of deletions, one transaction Bundle a line. */
  deletions(...references: string[]): string[] {
    return [
      this.write(
        `deleted-${this.events++}.ndjson`,
        references.map((url) => deletion(url)),
      ),
    ];
  }

  rows(sql: string): Promise<Record<string, unknown>[]> {
    return this.database.main.rows(sql);
  }

  close(): void {
    this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function ndjson(lines: readonly (object | string)[]): string {
  return lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
}

/** A Bundle as a bulk export lists what was deleted. */
export function deletion(...urls: string[]): object {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: urls.map((url) => ({ request: { method: 'DELETE', url } })),
  };
}

export function patient(id: string, more: object = {}): object {
  return { resourceType: 'Patient', id, ...more };
}

export function condition(id: string, reference: string, more: object = {}): object {
  return { resourceType: 'Condition', id, subject: { reference }, ...more };
}
