import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Defect, Diagnostic, projectRoot } from '@catchment/platform';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';
import {
  freeMartsName,
  martsFolder,
  removeMarts,
  removeOldMarts,
  writePointer,
  type MartsPointer,
} from './marts-folder';
import { runModels } from './models';
import { contentHash } from './publish-hash';
import { createResultTables } from './publish-results';

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
}

/** Builds the marts of the run in the `results` schema and publishes them: `buildMarts`, then `publishMarts`. */
export async function publish(connection: Connection, options: PublishOptions): Promise<Published> {
  const built = await buildMarts(connection, options);
  await publishMarts(connection, options.dataDir, built);
  return built;
}

/**
 * Builds the marts of the run in the `results` schema as a new file, which nobody reads until it is published. Any
 * failure on the way removes the file.
 * @throws Diagnostic when there is no run or a model fails
 */
export async function buildMarts(connection: Connection, options: PublishOptions): Promise<Published> {
  await createResultTables(connection);
  const run = await connection.first<{ run_id: string }>('select run_id from results.run');
  if (!run) throw new Diagnostic('nothing to publish: no run is recorded, evaluate the measures first');
  const file = freeMartsName(options.dataDir, run.run_id);
  const path = join(martsFolder(options.dataDir), file);
  try {
    await connection.run(`attach ${quoteLiteral(path)} as marts`);
    try {
      return { runId: run.run_id, file, ...(await build(connection, options)) };
    } finally {
      await connection.run('detach marts');
    }
  } catch (error) {
    removeMarts(path);
    throw error;
  } finally {
    removeOldMarts(options.dataDir);
  }
}

/**
 * Makes a built file the one that everybody reads, and its rates a point of the trend.
 * @throws Diagnostic when the file is no longer there; Defect when it is of another run. Nothing is published then.
 */
export async function publishMarts(
  connection: Connection,
  dataDir: string,
  { runId, file }: MartsPointer,
): Promise<void> {
  const path = join(martsFolder(dataDir), file);
  if (!existsSync(path)) {
    throw new Diagnostic('the numbers of this run are no longer kept: evaluate again', { file });
  }
  await createResultTables(connection);
  await connection.run(`attach ${quoteLiteral(path)} as marts (read_only)`);
  try {
    const built = await connection.first<{ run_id: string }>('select run_id from marts.publication');
    if (built?.run_id !== runId) throw new Defect('the marts file is of another run');
    await keepTrend(connection);
  } finally {
    await connection.run('detach marts');
  }
  writePointer(dataDir, { runId, file });
  removeOldMarts(dataDir);
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
    await connection.run('create table marts.publication as select run_id, period_end from results.run');
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

/** The point of the file's own period; the others were in the trend before. */
async function keepTrend(connection: Connection): Promise<void> {
  const own = 'period_end = (select period_end from marts.publication)';
  await connection.transaction(async () => {
    await connection.run(`delete from results.trend where ${own}`);
    await connection.run(`insert into results.trend by name select * from marts.trend_panel where ${own}`);
  });
}
