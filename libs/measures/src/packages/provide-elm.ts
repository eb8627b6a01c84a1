import { defineAt, translate, type TranslationFailure } from '@catchment/cql';
import { translatorError } from '@catchment/elm';
import { Defect } from '@catchment/platform';
import type { ContentStore } from './content-store';
import { libraryName, type LibraryPool, type LibrarySource } from './library-pool';
import type { ModelInfos } from './model-infos';
import { checkPublished } from './published-elm';
import { TranslationKeys } from './translation-keys';

/** Where the ELM of a library is in the store, or why it has none. */
export type ProvidedElm =
  { file: string; translated: boolean } | { failure: string; define?: string; locator?: string };

export interface ProvideOptions {
  /** Translate even where there is published ELM. */
  retranslate?: boolean;
  onProgress?: (done: number, of: number) => void;
  signal?: AbortSignal;
}

/**
 * Brings the ELM of libraries into the store: as published when it has no errors, else translated from CQL, all in
 * one process; what was translated before, from the same texts, models and translator, is there already.
 */
export async function provideElm(
  libraries: readonly LibrarySource[],
  pool: LibraryPool,
  models: ModelInfos,
  store: ContentStore,
  options: ProvideOptions = {},
): Promise<Map<LibrarySource, ProvidedElm>> {
  const provided = new Map<LibrarySource, ProvidedElm>();
  const plans: Plan[] = [];
  const keys = new TranslationKeys(pool, models);
  for (const source of new Set(libraries)) {
    const published =
      options.retranslate && source.cql !== undefined ? undefined : publishedElm(source, pool, store);
    if (published) provided.set(source, published);
    else if (source.cql === undefined) provided.set(source, { failure: 'it has neither ELM nor CQL' });
    else {
      const key = keys.of(source);
      if (typeof key !== 'string') provided.set(source, key);
      else if (store.has(`elm-${key}.json`))
        provided.set(source, { file: `elm-${key}.json`, translated: true });
      else plans.push({ source, file: `elm-${key}.json` });
    }
  }
  if (plans.length > 0) await translatePlans(plans, keys, store, provided, options);
  return provided;
}

interface Plan {
  source: LibrarySource;
  file: string;
}

/** ELM as published; undefined when there is none, or none that belongs to the CQL text that it comes with. */
function publishedElm(
  source: LibrarySource,
  pool: LibraryPool,
  store: ContentStore,
): ProvidedElm | undefined {
  const elm = source.elm?.();
  if (!elm) return undefined;
  const error = translatorError(elm);
  const checked = error
    ? { stale: `it has translator errors: ${error.message}` }
    : checkPublished(elm, source);
  if ('elm' in checked) {
    if (checked.restamped !== undefined) {
      pool.note(
        `the published ELM of ${libraryName(source)} says version ${checked.restamped}, and what its text says`,
      );
    }
    return { file: store.put('elm', JSON.stringify(checked.elm), 'json'), translated: false };
  }
  if (source.cql === undefined) {
    return {
      failure: `its ELM is unusable: ${checked.stale}`,
      define: error?.define,
      locator: error?.locator,
    };
  }
  pool.note(`the published ELM of ${libraryName(source)} is not used: ${checked.stale}`);
  return undefined;
}

async function translatePlans(
  plans: readonly Plan[],
  keys: TranslationKeys,
  store: ContentStore,
  provided: Map<LibrarySource, ProvidedElm>,
  options: ProvideOptions,
): Promise<void> {
  const sources = new Set(plans.flatMap(({ source }) => keys.withIncludes(source)));
  const files = keys.modelsOf(sources).map(({ name, version, xml }) => ({
    id: name,
    version,
    file: store.path(store.put('model', xml, 'xml')),
  }));
  const { libraries, failures } = await translate({
    sources: [...sources].map(({ cql }) => ({ text: cql! })),
    models: files,
    onProgress: options.onProgress,
    signal: options.signal,
  });
  for (const { source, file } of plans) {
    const elm = libraries.find(({ identifier }) => sameLibrary(identifier, source));
    const failure = failures.find(({ library, version }) => sameLibrary({ id: library, version }, source));
    if (elm) {
      store.write(file, JSON.stringify(elm));
      provided.set(source, { file, translated: true });
    } else if (failure) {
      provided.set(source, describeFailure(failure, source));
    } else {
      throw new Defect(`the translator gave neither ELM nor errors for ${libraryName(source)}`);
    }
  }
}

function sameLibrary(
  left: { id: string; version?: string },
  right: { id: string; version?: string },
): boolean {
  return left.id === right.id && (left.version ?? '') === (right.version ?? '');
}

/** The first error has its place in the diagnostic; the number of others tells how far off the text is. */
function describeFailure({ messages }: TranslationFailure, { cql }: LibrarySource): ProvidedElm {
  const [first] = messages;
  const others = messages.length > 1 ? `; and ${messages.length - 1} more` : '';
  const line = Number(first?.locator?.split(':')[0]);
  return {
    failure: `its CQL has errors: ${first?.message ?? 'unknown'}${others}`,
    define: line > 0 ? defineAt(cql ?? '', line) : undefined,
    locator: first?.locator,
  };
}
