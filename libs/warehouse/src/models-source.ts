import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';

/** The layers of hand-written SQL, lowest first; a model reads its own layer and those below. */
export const layers = ['seeds', 'staging', 'intermediate', 'marts'] as const;
export type Layer = (typeof layers)[number];

/** One model: a file of one `select`, `sql/<layer>/<name>.sql`, read by others as `<layer>.<name>`. */
export interface Model {
  layer: Layer;
  name: string;
  /** `<layer>.<name>` */
  id: string;
  sql: string;
  /** Ids of the models and seeds that it reads, sorted. */
  reads: string[];
  file: string;
}

/**
 * Reads all models of a folder and derives what each reads from its references `<layer>.<name>`.
 * @param folder the folder that holds `seeds`, `staging`, `intermediate` and `marts`
 */
export function readModels(folder: string): Model[] {
  return layers
    .filter((layer) => layer !== 'seeds')
    .flatMap((layer) =>
      filesOf(join(folder, layer), '.sql').map((name) => {
        const file = join(folder, layer, `${name}.sql`);
        return model(layer, name, readFileSync(file, 'utf8'), `sql/${layer}/${name}.sql`);
      }),
    );
}

/** Names of the seed tables: `sql/seeds/<name>.csv`. */
export function readSeedNames(folder: string): string[] {
  return filesOf(join(folder, 'seeds'), '.csv');
}

export function model(layer: Layer, name: string, sql: string, file = `sql/${layer}/${name}.sql`): Model {
  const reads = new Set<string>();
  for (const [, from, table] of withoutCommentsAndTexts(sql).matchAll(
    /\b(?:from|join)\s+(seeds|staging|intermediate|marts)\s*\.\s*([a-z_][a-z0-9_]*)/g,
  )) {
    reads.add(`${from}.${table}`);
  }
  return { layer, name, id: `${layer}.${name}`, sql, reads: [...reads].sort(), file };
}

/**
 * Orders models so that each comes after all that it reads; ties by layer and name, so the order is always the same.
 * @param given ids of what is there before any model runs: `seeds.<name>`, `staging.resource_header`
 * @throws Diagnostic on a reference to an unknown model, to a higher layer, or on a cycle (naming its members).
 */
export function orderModels(models: readonly Model[], given: readonly string[]): Model[] {
  const known = new Map(models.map((each) => [each.id, each]));
  const givenIds = new Set(given);
  for (const each of models) {
    for (const id of each.reads) {
      if (!known.has(id) && !givenIds.has(id)) {
        throw new Diagnostic(`model ${each.id} reads ${id}, which is no model and no seed`, {
          file: each.file,
        });
      }
      const target = known.get(id);
      if (target && layers.indexOf(target.layer) > layers.indexOf(each.layer)) {
        throw new Diagnostic(`model ${each.id} reads ${id} of a higher layer`, { file: each.file });
      }
    }
  }
  const ordered: Model[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (each: Model, path: string[]): void => {
    if (state.get(each.id) === 'done') return;
    if (state.get(each.id) === 'open') {
      const cycle = [...path.slice(path.indexOf(each.id)), each.id].join(' → ');
      throw new Diagnostic(`models read each other in a cycle: ${cycle}`, { file: each.file });
    }
    state.set(each.id, 'open');
    for (const id of each.reads) {
      const target = known.get(id);
      if (target) visit(target, [...path, each.id]);
    }
    state.set(each.id, 'done');
    ordered.push(each);
  };
  for (const each of [...models].sort(byLayerAndName)) visit(each, []);
  return ordered;
}

/** The SQL with comments and text literals blanked, for reading its structure. */
export function withoutCommentsAndTexts(sql: string): string {
  return sql.replace(/--[^\n]*|'(?:[^']|'')*'/g, (match) => (match.startsWith('--') ? '' : "''"));
}

function byLayerAndName(a: Model, b: Model): number {
  return layers.indexOf(a.layer) - layers.indexOf(b.layer) || (a.name < b.name ? -1 : 1);
}

function filesOf(folder: string, extension: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length))
    .sort();
}
