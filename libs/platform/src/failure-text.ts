import { Diagnostic, Unsupported } from './failures';

/**
 * What a run record, a delivery or the progress may say of a failure. The text of a bug or of a database's complaint
 * may hold values of patients, so that only its kind is told; the log has no more.
 */
export function failureText(error: unknown): string {
  if (error instanceof Diagnostic || error instanceof Unsupported) return error.message;
  if (!(error instanceof Error)) return 'unexpected failure';
  const { code } = error as { code?: unknown };
  return `unexpected failure: ${error.name}${typeof code === 'string' ? ` ${code}` : ''}`;
}

/** True for failures that come again however often the same work is tried. */
export function isFinal(error: unknown): boolean {
  return error instanceof Diagnostic || error instanceof Unsupported;
}
