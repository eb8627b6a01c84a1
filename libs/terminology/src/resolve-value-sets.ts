import { joinPages } from './expansion-pages';
import { composedCodes, NotComposable } from './composed-codes';
import {
  splitCanonical,
  versioned,
  type CodeKey,
  type RefusedValueSet,
  type ValueSet,
  type ValueSetSource,
} from './value-set';

export interface Resolved {
  valueSets: ValueSet[];
  refused: RefusedValueSet[];
}

export interface ResolveOptions {
  /** Codes of value sets that are known from before, by canonical or `canonical|version`. */
  known?: (reference: string) => Set<CodeKey> | undefined;
  /** Take the codes of an incomplete expansion that cannot be completed; they are marked as such. */
  acceptTruncated?: boolean;
}

/**
 * Finds the codes of each value set: a complete expansion as it is; an incomplete, empty or missing one from
 * `compose`, when that names its codes (lists of concepts, other value sets, exclusions of both). What is known of an
 * incomplete expansion must agree with the composed codes. Anything else is refused with its reason.
 * Of several copies of one version the one with most codes counts; pages of one expansion are joined.
 */
export function resolveValueSets(sources: readonly ValueSetSource[], options: ResolveOptions = {}): Resolved {
  const resolver = new Resolver(sources, options);
  const results = [...resolver.byVersion.keys()].map((key) => resolver.resolve(key));
  return {
    valueSets: results.filter((result): result is ValueSet => 'codes' in result),
    refused: results.filter((result): result is RefusedValueSet => 'reason' in result),
  };
}

class Resolver {
  readonly byVersion = new Map<string, ValueSetSource[]>();
  private readonly done = new Map<string, ValueSet | RefusedValueSet>();
  private readonly open: string[] = [];

  constructor(
    sources: readonly ValueSetSource[],
    private readonly options: ResolveOptions,
  ) {
    for (const source of sources) {
      const key = versioned(source);
      this.byVersion.set(key, [...(this.byVersion.get(key) ?? []), source]);
    }
  }

  resolve(key: string): ValueSet | RefusedValueSet {
    const known = this.done.get(key);
    if (known) return known;
    const results = joinPages(this.byVersion.get(key)!).map((source) => this.resolveSource(key, source));
    const taken = results
      .filter((result): result is ValueSet => 'codes' in result)
      .sort((left, right) => right.codes.size - left.codes.size);
    const result = taken[0] ?? results[0]!;
    this.done.set(key, result);
    return result;
  }

  private resolveSource(key: string, source: ValueSetSource): ValueSet | RefusedValueSet {
    const { canonical, version, title, from, expansion } = source;
    const of = { canonical, version, title };
    const lacking = lacks(source);
    if (!lacking) return { ...of, codes: new Set(expansion!.codes), by: 'expansion' };
    const composed = this.compose(key, source);
    if (typeof composed !== 'string') {
      const disagreement = disagrees(source, composed);
      if (!disagreement) return { ...of, codes: composed, by: 'compose' };
      return this.incomplete(source, `${lacking}; ${disagreement}`);
    }
    return expansion
      ? this.incomplete(source, `${lacking}; ${composed}`)
      : { ...of, from, reason: `${lacking}; ${composed}` };
  }

  private incomplete(source: ValueSetSource, reason: string): ValueSet | RefusedValueSet {
    const { canonical, version, title, from, expansion } = source;
    if (!this.options.acceptTruncated || !expansion?.codes.length)
      return { canonical, version, title, from, reason };
    return { canonical, version, title, codes: new Set(expansion.codes), by: 'truncated expansion' };
  }

  /** The composed codes, or why there are none. */
  private compose(key: string, source: ValueSetSource): Set<CodeKey> | string {
    if (!source.compose) return 'there is no compose to complete it from';
    if (this.open.includes(key)) return `it refers to itself: ${[...this.open, key].join(' → ')}`;
    this.open.push(key);
    try {
      return composedCodes(source.compose, (reference) => this.referenced(reference));
    } catch (error) {
      if (!(error instanceof NotComposable)) throw error;
      return error.message;
    } finally {
      this.open.pop();
    }
  }

  private referenced(reference: string): Set<CodeKey> {
    const key = this.findKey(reference);
    if (key === undefined) {
      const known = this.options.known?.(reference);
      if (known) return known;
      throw new NotComposable(`compose refers to ${reference}, which is not there`);
    }
    if (this.open.includes(key)) {
      throw new NotComposable(`it refers to itself: ${[...this.open, key].join(' → ')}`);
    }
    const result = this.resolve(key);
    if ('codes' in result) return result.codes;
    throw new NotComposable(`compose refers to ${key}: ${result.reason}`);
  }

  private findKey(reference: string): string | undefined {
    if (this.byVersion.has(reference)) return reference;
    const { canonical, version } = splitCanonical(reference);
    if (version !== undefined) return undefined;
    const keys = [...this.byVersion.keys()].filter((key) => splitCanonical(key).canonical === canonical);
    return keys.sort((left, right) => left.localeCompare(right, 'en', { numeric: true })).at(-1);
  }
}

/** What an expansion lacks to be taken as it is; undefined when nothing. */
function lacks({ expansion }: ValueSetSource): string | undefined {
  if (!expansion) return 'it has no expansion';
  if (expansion.total !== undefined && expansion.total > expansion.offset + expansion.entries) {
    return `its expansion holds ${expansion.entries} of ${expansion.total} codes`;
  }
  if (expansion.offset > 0) return `its expansion starts at position ${expansion.offset}`;
  if (expansion.partial) return `its expansion is incomplete: ${expansion.partial}`;
  if (expansion.codes.length === 0) return 'its expansion holds no code';
  return undefined;
}

function disagrees({ expansion }: ValueSetSource, composed: Set<CodeKey>): string | undefined {
  if (composed.size === 0) return 'compose names no code';
  if (!expansion) return undefined;
  const missing = expansion.codes.filter((code) => !composed.has(code)).length;
  if (missing > 0) return `compose lacks ${missing} of the codes that the expansion shows`;
  if (expansion.total !== undefined && composed.size < expansion.total) {
    return `compose names ${composed.size} codes`;
  }
  return undefined;
}
