import { ApiProblem } from '../api/problem';
import { capitalized } from '../design/format';

/** What the API says about a refusal, as a sentence. */
export function problemText(error: Error): string {
  const text = error instanceof ApiProblem && error.detail ? error.detail : error.message;
  return `${capitalized(text)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
