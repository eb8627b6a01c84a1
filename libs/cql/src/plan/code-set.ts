/** A set of codes that a measure tests membership in: a value set, or codes named in the CQL text. */
export type CodeSet =
  | { kind: 'valueSet'; canonical: string; version?: string; name: string }
  | { kind: 'codes'; codes: { system: string; code: string }[]; name: string };

/** The name under which a code set is bound; equal sets have equal names. */
export function codeSetKey(set: CodeSet): string {
  if (set.kind === 'valueSet') return set.version ? `${set.canonical}|${set.version}` : set.canonical;
  return set.codes
    .map((code) => `${code.system}|${code.code}`)
    .sort()
    .join(' ');
}
