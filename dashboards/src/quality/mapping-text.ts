import type { CodeMapping, UnmappedCode } from '../../../apps/api/src/clinical/contract';
import type { Tone } from '../design/Chip';
import { codeSystemText } from '../explanation/code-system';

/** Why somebody should look at a code. */
export const LIKENESS_TEXT: Record<UnmappedCode['likeness'], string> = {
  'other-system-name': 'a known code whose system is named otherwise',
  'other-code-form': 'a known code that is written otherwise',
  'same-display': 'has the same text as a known code',
  'similar-display': 'has a text like that of a known code',
  'local-system': 'no known code is like it',
};

/** `LOINC`; where a source writes no system, that is what is said. */
export function systemText(system: string | null): string {
  return system === null || system === '' ? 'no system' : codeSystemText(system);
}

/** Is it counted, and from when on is it (or is it not)? */
export function standingText({ withdrawn, published }: CodeMapping): string {
  if (withdrawn) return published ? 'withdrawn; counts until the next evaluation' : 'withdrawn';
  return published ? 'counts' : 'counts from the next evaluation on';
}

export function standingTone({ withdrawn, published }: CodeMapping): Tone {
  if (withdrawn) return published ? 'unknown' : 'neutral';
  return published ? 'better' : 'outline';
}

/** The mapping of a code that holds; there is at most one. */
export function heldMapping(
  mappings: readonly CodeMapping[],
  { system, code }: Pick<UnmappedCode, 'system' | 'code'>,
): CodeMapping | undefined {
  return mappings.find(
    (mapping) => !mapping.withdrawn && mapping.system === (system ?? '') && mapping.code === code,
  );
}
