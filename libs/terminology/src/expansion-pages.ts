import type { ValueSetSource } from './value-set';

/**
 * Joins pages of one expansion (several resources of the same version with different offsets) when they follow one
 * another; with a gap between them, what comes before it is known to be incomplete. Other sources stay as they are.
 */
export function joinPages(sources: readonly ValueSetSource[]): readonly ValueSetSource[] {
  const offsets = new Set(sources.map((source) => source.expansion?.offset ?? 0));
  if (offsets.size < 2) return sources;
  const pages = sources
    .filter((source) => source.expansion)
    .sort((left, right) => left.expansion!.offset - right.expansion!.offset);
  const joined = {
    ...pages[0]!,
    expansion: { ...pages[0]!.expansion!, codes: [...pages[0]!.expansion!.codes] },
  };
  for (const { expansion } of pages.slice(1)) {
    const end = joined.expansion.offset + joined.expansion.entries;
    if (expansion!.offset > end) {
      joined.expansion.partial = `no page starts at position ${end}`;
      return [joined];
    }
    if (expansion!.offset < end) continue;
    joined.expansion.codes.push(...expansion!.codes);
    joined.expansion.entries += expansion!.entries;
  }
  // Without a total, the last page alone can say whether more follows.
  joined.expansion.partial = pages.at(-1)!.expansion!.partial;
  return [joined];
}
