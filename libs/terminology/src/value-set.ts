/** A code as one text, so that sets and maps can hold it: `system|code`. */
export type CodeKey = string;

export function codeKey(system: string | undefined, code: string): CodeKey {
  return `${system ?? ''}|${code}`;
}

/** The parts of a key; a canonical URL of a code system holds no `|`, a code may. */
export function splitCode(key: CodeKey): { system: string | null; code: string } {
  const at = key.indexOf('|');
  return { system: at === 0 ? null : key.slice(0, at), code: key.slice(at + 1) };
}

/** One part of a compose: the codes that all of its conditions allow. */
export interface ComposePart {
  system?: string;
  /** Codes that are listed one by one. */
  concepts?: string[];
  /** Canonicals, with `|version` or without; their intersection. */
  valueSets: string[];
  /** A filter over the code system, which only a terminology server can answer. */
  filtered: boolean;
}

/** A FHIR ValueSet reduced to what decides its codes. */
export interface ValueSetSource {
  canonical: string;
  version?: string;
  title?: string;
  /** The file it came from, for messages. */
  from: string;
  expansion?: {
    codes: CodeKey[];
    /** Entries of the expansion, grouping entries included. */
    entries: number;
    /** How many entries the complete expansion has, where it says so. */
    total?: number;
    /** Position of the first entry, when the expansion is a page of a larger one. */
    offset: number;
    /** Why it is known to be a part only, whatever the numbers say. */
    partial?: string;
  };
  compose?: { include: ComposePart[]; exclude: ComposePart[] };
  /** What the publisher calls its codes, where it says so. */
  displays: ReadonlyMap<CodeKey, string>;
}

/** A value set whose codes are known. */
export interface ValueSet {
  canonical: string;
  version?: string;
  title?: string;
  codes: Set<CodeKey>;
  /** How the codes were found: `expansion` as published; `compose` where there is no complete expansion. */
  by: 'expansion' | 'compose' | 'truncated expansion';
}

/** A value set that is not taken, and why. */
export interface RefusedValueSet {
  canonical: string;
  version?: string;
  title?: string;
  from: string;
  reason: string;
}

/** `canonical|version`, or the canonical alone. */
export function versioned(valueSet: { canonical: string; version?: string }): string {
  return valueSet.version === undefined ? valueSet.canonical : `${valueSet.canonical}|${valueSet.version}`;
}

export function splitCanonical(reference: string): { canonical: string; version?: string } {
  const at = reference.indexOf('|');
  if (at < 0) return { canonical: reference };
  return { canonical: reference.slice(0, at), version: reference.slice(at + 1) || undefined };
}
