import type { NotEvaluatedRow } from '../contract';

/** As a Diagnostic ends: `(library L, define "D", at 1:2-3:4)`. */
const place = / \(library (?<library>[^,]+), define "(?<define>.*)"(?:, at (?<locator>[\d:-]+))?\)$/;

/** Takes the reason of a failure apart: what is wrong, and where in the CQL; a text without a place stays whole. */
export function failurePlace(
  text: string,
): Pick<NotEvaluatedRow, 'reason' | 'library' | 'define' | 'locator'> {
  const match = place.exec(text);
  if (!match) return { reason: text, library: null, define: null, locator: null };
  const { library = null, define = null, locator = null } = match.groups ?? {};
  return { reason: text.slice(0, match.index), library, define, locator };
}
