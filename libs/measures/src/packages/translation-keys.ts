import { translatorVersion } from '@catchment/cql';
import { hash } from './content-store';
import { libraryName, type LibraryPool, type LibrarySource } from './library-pool';
import type { ModelInfo, ModelInfos } from './model-infos';

/** Names translations by everything that decides them: texts, models, and the translator itself. */
export class TranslationKeys {
  private readonly known = new Map<LibrarySource, string | { failure: string }>();
  private readonly translator = translatorVersion();

  constructor(
    private readonly pool: LibraryPool,
    private readonly models: ModelInfos,
  ) {}

  /** The key, or why the library cannot be translated. */
  of(source: LibrarySource): string | { failure: string } {
    const known = this.known.get(source);
    if (known) return known;
    const key = this.make(source);
    this.known.set(source, key);
    return key;
  }

  private make(source: LibrarySource): string | { failure: string } {
    const parts = [this.translator, source.cql ?? ''];
    for (const { id, version } of source.usings) {
      const models = this.models.closure(id, version);
      if ('missing' in models) {
        return {
          failure: `there is no model info for ${models.missing}: put its XML file into the models folder of DATA_DIR or name a folder with --models`,
        };
      }
      parts.push(...models.map(({ xml }) => hash(xml)));
    }
    for (const included of this.includesOf(source)) {
      if (included.cql === undefined) {
        return {
          failure: `it must be translated, and its include ${libraryName(included)} is there as ELM only`,
        };
      }
      const key = this.of(included);
      if (typeof key !== 'string') return { failure: `its include ${libraryName(included)}: ${key.failure}` };
      parts.push(key);
    }
    return hash(parts.join('\n'));
  }

  withIncludes(source: LibrarySource): LibrarySource[] {
    return [...this.includesOf(source).flatMap((included) => this.withIncludes(included)), source];
  }

  modelsOf(sources: Iterable<LibrarySource>): ModelInfo[] {
    const all = new Set<ModelInfo>();
    for (const { usings } of sources) {
      for (const { id, version } of usings) {
        const models = this.models.closure(id, version);
        if (!('missing' in models)) models.forEach((model) => all.add(model));
      }
    }
    return [...all];
  }

  private includesOf(source: LibrarySource): LibrarySource[] {
    return source.includes.flatMap(({ id, version }) => this.pool.find(id, version) ?? []);
  }
}
