import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Defect, Diagnostic, projectRoot, writeFileAtomic } from '@catchment/platform';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';
import { runModels } from './models';
import { contentHash } from './publish-hash';
import { createResultTables } from './publish-results';

/** What `DATA_DIR/marts/current.json` says. */
export interface MartsPointer {
  runId: string;
  /** File name within the marts folder. */
  file: string;
}

export interface Published extends MartsPointer {
  contentHash: string;
  patients: number;
}

export interface PublishOptions {
  dataDir: string;
  publishedAt: Date;
  /** Folder of the SQL models; default the checkout's `sql`. */
  sqlFolder?: string;
  onModel?: (name: string) => void;
  /**
   * Called with the finished, unpublished file attached as catalog `marts`: a suspicious run (a shrunken feed) throws
   * here, and yesterday's numbers stay.
   */
  inspect?: (connection: Connection) => Promise<void>;
  /** Older publications that stay on disk for readers that still hold them; default 3. */
  keep?: number;
}

/** Where publications live. */
export function martsFolder(dataDir: string): string {
  return join(dataDir, 'marts');
}

/**
 * Builds the marts of the run in the `results` schema as a new file and swaps the pointer to it. Any failure on the
 * way removes the new file and publishes nothing.
 * @throws Diagnostic when there is no run, a model fails, or `inspect` objects
 */
export async function publish(connection: Connection, options: PublishOptions): Promise<Published> {
  await createResultTables(connection);
  const run = await connection.first<{ run_id: string }>('select run_id from results.run');
  if (!run) throw new Diagnostic('nothing to publish: no run is recorded, evaluate the measures first');
  if (!/^[A-Za-z0-9._-]+$/.test(run.run_id)) throw new Defect('a run id must be a safe file name');
  const folder = martsFolder(options.dataDir);
  mkdirSync(folder, { recursive: true });
  const file = freeName(folder, run.run_id);
  const path = join(folder, file);
  let published: Published;
  try {
    await connection.run(`attach ${quoteLiteral(path)} as marts`);
    try {
      published = { runId: run.run_id, file, ...(await build(connection, options)) };
      await options.inspect?.(connection);
      await keepTrend(connection);
    } finally {
      await connection.run('detach marts');
    }
  } catch (error) {
    removeFile(path);
    throw error;
  }
  const pointer: MartsPointer = { runId: published.runId, file: published.file };
  writeFileAtomic(join(folder, 'current.json'), `${JSON.stringify(pointer)}\n`);
  removeOldPublications(folder, file, options.keep ?? 3);
  return published;
}

/** Reads the pointer; undefined while nothing was published. */
export function readPointer(dataDir: string): MartsPointer | undefined {
  const path = join(martsFolder(dataDir), 'current.json');
  if (!existsSync(path)) return undefined;
  const pointer = JSON.parse(readFileSync(path, 'utf8')) as Partial<MartsPointer>;
  if (typeof pointer.runId !== 'string' || typeof pointer.file !== 'string') {
    throw new Diagnostic('the marts pointer names no run and file', { file: 'current.json' });
  }
  return { runId: pointer.runId, file: pointer.file };
}

/**
 * Keeps the rates of the run in `results` as a point of the trend, without publishing: for evaluating earlier
 * periods first. Attribution is that of the run's own period.
 */
export async function recordTrend(
  connection: Connection,
  sqlFolder = join(projectRoot(), 'sql'),
): Promise<void> {
  await createResultTables(connection);
  await connection.run(`attach ':memory:' as marts`);
  try {
    await runModels(connection, sqlFolder, { only: ['marts.trend_panel'] });
    await keepTrend(connection);
  } finally {
    await connection.run('detach marts');
  }
}

async function build(
  connection: Connection,
  options: PublishOptions,
): Promise<{ contentHash: string; patients: number }> {
  await runModels(connection, options.sqlFolder, { onModel: (model) => options.onModel?.(model.id) });
  await copyDefineResults(connection);
  const hash = await contentHash(connection);
  await connection.run(
    `create table marts.publication as
     select run_id, $1::timestamp as published_at, data_as_of, period_start, period_end, $2::varchar as content_hash,
       engine_version, (select count(*) from marts.patient) as patients
     from results.run`,
    [options.publishedAt.toISOString().replace('Z', ''), hash],
  );
  const count = await connection.first<{ patients: number }>('select patients from marts.publication');
  return { contentHash: hash, patients: count?.patients ?? 0 };
}

async function copyDefineResults(connection: Connection): Promise<void> {
  const measures = await connection.rows<{ measure_id: string }>(
    'select measure_id from results.measure order by measure_id',
  );
  for (const { measure_id } of measures) {
    const table = quoteIdentifier(`define_result_${measure_id}`);
    await connection.run(`create table marts.${table} as select * from results.${table} order by pid`);
  }
}

async function keepTrend(connection: Connection): Promise<void> {
  await connection.run('delete from results.trend where period_end = (select period_end from results.run)');
  await connection.run(
    `insert into results.trend by name
     select * from marts.trend_panel where period_end = (select period_end from results.run)`,
  );
}

/** A second publication of a run gets a name of its own: readers may still hold the first. */
function freeName(folder: string, runId: string): string {
  for (let attempt = 1; ; attempt++) {
    const file = attempt === 1 ? `${runId}.duckdb` : `${runId}.${attempt}.duckdb`;
    if (!existsSync(join(folder, file))) return file;
  }
}

/** On POSIX a removed file stays readable for whoever has it open; where it does not, removal fails and waits. */
function removeOldPublications(folder: string, current: string, keep: number): void {
  const old = readdirSync(folder)
    .filter((file) => file.endsWith('.duckdb') && file !== current)
    .map((file) => ({ file, changed: statSync(join(folder, file)).mtimeMs }))
    .sort((a, b) => b.changed - a.changed);
  for (const { file } of old.slice(keep)) {
    try {
      removeFile(join(folder, file));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EBUSY' && code !== 'EPERM') throw error;
    }
  }
}

function removeFile(path: string): void {
  for (const file of [path, `${path}.wal`]) rmSync(file, { force: true });
}
