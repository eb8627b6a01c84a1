/** A set of codes that a measure tests membership in: a value set, or codes named in the CQL text. */
export type CodeSet =
  | { kind: 'valueSet'; canonical: string; version?: string; name: string }
  | { kind: 'codes'; codes: { system: string; code: string }[]; name: string };

/** A code set of a program, with the number that stands for it in the SQL. */
export type NumberedCodeSet = CodeSet & { setId: number };

/** Numbers code sets: equal sets have the same number in all programs that share it, whose SQL can then be compared. */
export class CodeSetNumbers {
  private readonly numbers = new Map<string, number>();

  numberOf(set: CodeSet): number {
    const key = codeSetKey(set);
    const number = this.numbers.get(key) ?? this.numbers.size;
    this.numbers.set(key, number);
    return number;
  }
}

/** The name under which a code set is bound; equal sets have equal names. */
export function codeSetKey(set: CodeSet): string {
  if (set.kind === 'valueSet') return set.version ? `${set.canonical}|${set.version}` : set.canonical;
  return set.codes
    .map((code) => `${code.system}|${code.code}`)
    .sort()
    .join(' ');
}
