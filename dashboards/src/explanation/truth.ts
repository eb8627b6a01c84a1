import type { ExplainedDefine } from '../../../apps/api/src/clinical/contract';

/** What a define came to for one patient. `value` is for defines that are neither boolean nor a list. */
export type Truth = 'true' | 'false' | 'unknown' | 'value';

export function truthOf({ kind, value }: ExplainedDefine): Truth {
  if (kind === 'other') return 'value';
  return value === null ? 'unknown' : value ? 'true' : 'false';
}

/** The word beside the mark: a list "has 3" or "none", a boolean is true, false or unknown. */
export function truthText(define: ExplainedDefine): string {
  const truth = truthOf(define);
  if (define.kind !== 'list') return truth;
  if (truth === 'unknown') return 'unknown';
  return truth === 'true' ? `has ${define.evidenceTotal > 0 ? define.evidenceTotal : 'some'}` : 'none';
}
