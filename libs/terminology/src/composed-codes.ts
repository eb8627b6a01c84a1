import { codeKey, splitCode, type CodeKey, type ComposePart, type ValueSetSource } from './value-set';

/** Why a compose cannot be evaluated without a terminology server; caught where value sets are resolved. */
export class NotComposable extends Error {}

/**
 * The codes of a compose (FHIR R4, ValueSet.compose): union of the includes without the excludes; within one of them,
 * every condition must hold.
 * @throws NotComposable for a whole code system, a filter, or a value set that is not known.
 */
export function composedCodes(
  compose: NonNullable<ValueSetSource['compose']>,
  referenced: (reference: string) => Set<CodeKey>,
): Set<CodeKey> {
  const codes = new Set<CodeKey>();
  for (const part of compose.include) partCodes(part, referenced).forEach((code) => codes.add(code));
  for (const part of compose.exclude) partCodes(part, referenced).forEach((code) => codes.delete(code));
  return codes;
}

function partCodes(part: ComposePart, referenced: (reference: string) => Set<CodeKey>): Set<CodeKey> {
  if (part.filtered) throw new NotComposable(`compose filters the code system ${part.system ?? ''}`);
  const [first, ...others] = [...listed(part), ...part.valueSets.map(referenced)];
  if (!first) throw new NotComposable(`compose takes the whole code system ${part.system ?? ''}`);
  const common = new Set([...first].filter((code) => others.every((other) => other.has(code))));
  if (part.concepts || part.system === undefined) return common;
  return new Set([...common].filter((code) => splitCode(code).system === part.system));
}

function listed(part: ComposePart): Set<CodeKey>[] {
  return part.concepts ? [new Set(part.concepts.map((code) => codeKey(part.system, code)))] : [];
}
