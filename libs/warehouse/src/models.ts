import { join } from 'node:path';
import { Diagnostic, projectRoot } from '@catchment/platform';
import { quoteIdentifier, quoteLiteral, type Connection } from './database';
import { createResourceHeader } from './models-resource';
import { orderModels, readModels, readSeedNames, type Model } from './models-source';

/** How the rows of a mart are ordered in the file, so that reads skip what they don't need. */
const sortedBy: Record<string, string> = {
  population_result: 'measure_id, group_id, pid',
  care_gap: 'measure_id, group_id, pid',
  patient: 'pid',
  cohort_member: 'cohort_id, pid',
  evidence: 'pid, measure_id, seq',
  not_evaluated: 'measure_id, pid',
  resource: 'pid, rid',
  trend_panel: 'measure_id, group_id, period_end',
};

export interface RunModelsOptions {
  /** Only these models (`<layer>.<name>`) and what they read. */
  only?: readonly string[];
  onModel?: (model: Model) => void;
}

/**
 * Runs all models in dependency order: seeds and intermediate models become tables of the warehouse's schemas of
 * those names, staging models views, marts tables of the attached catalog `marts` (publish.ts attaches it).
 * @throws Diagnostic naming the model whose SQL fails.
 */
export async function runModels(
  connection: Connection,
  folder: string = join(projectRoot(), 'sql'),
  options: RunModelsOptions = {},
): Promise<void> {
  const seeds = readSeedNames(folder);
  const given = [...seeds.map((name) => `seeds.${name}`), 'staging.resource_header'];
  const models = withAncestors(orderModels(readModels(folder), given), options.only);
  for (const schema of ['seeds', 'staging', 'intermediate']) {
    await connection.run(`create schema if not exists ${schema}`);
  }
  for (const name of seeds) {
    const file = quoteLiteral(join(folder, 'seeds', `${name}.csv`));
    await connection.run(
      `create or replace table seeds.${quoteIdentifier(name)} as
       select * from read_csv(${file}, header = true, all_varchar = true)`,
    );
  }
  await createResourceHeader(connection);
  for (const each of models) {
    options.onModel?.(each);
    try {
      await connection.run(statementOf(each));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Diagnostic(`model ${each.id} does not run: ${reason}`, { file: each.file }, { cause: error });
    }
  }
}

/** Of ordered models those named and all that they read; every one when none is named. */
function withAncestors(ordered: Model[], only: readonly string[] | undefined): Model[] {
  if (!only) return ordered;
  const needed = new Set(only);
  for (const each of ordered.toReversed())
    if (needed.has(each.id)) each.reads.forEach((id) => needed.add(id));
  return ordered.filter((each) => needed.has(each.id));
}

/** Drops what `runModels` left in the warehouse; the marts stay. */
export async function dropModels(connection: Connection): Promise<void> {
  for (const schema of ['staging', 'intermediate', 'seeds']) {
    await connection.run(`drop schema if exists ${schema} cascade`);
  }
}

function statementOf(model: Model): string {
  const name = quoteIdentifier(model.name);
  switch (model.layer) {
    case 'staging':
      return `create or replace view staging.${name} as ${model.sql}`;
    case 'intermediate':
      return `create or replace table intermediate.${name} as ${model.sql}`;
    case 'marts': {
      const order = sortedBy[model.name];
      return order
        ? `create or replace table marts.${name} as select * from (${model.sql}\n) order by ${order}`
        : `create or replace table marts.${name} as ${model.sql}`;
    }
    case 'seeds':
      throw new Diagnostic(`a seed is a csv file, not ${model.file}`);
  }
}
