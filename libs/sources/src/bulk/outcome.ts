/** An issue of an OperationOutcome. */
export interface Issue {
  severity: 'fatal' | 'error' | 'warning' | 'information';
  code: string;
  text: string;
}

/** Codes of FHIR's issue-type that are "transient": the same request may succeed later. */
const transientCodes = new Set([
  'transient',
  'lock-error',
  'no-store',
  'exception',
  'timeout',
  'incomplete',
  'throttled',
]);

export function isTransient(issues: readonly Issue[]): boolean {
  return issues.length > 0 && issues.every(({ code }) => transientCodes.has(code));
}

export function isFailure({ severity }: Issue): boolean {
  return severity === 'error' || severity === 'fatal';
}

/** The issues of a text that is an OperationOutcome; none when it is something else. */
export function readIssues(text: string): Issue[] {
  let outcome: unknown;
  try {
    outcome = JSON.parse(text);
  } catch {
    return [];
  }
  const { resourceType, issue } = (outcome ?? {}) as { resourceType?: unknown; issue?: unknown };
  if (resourceType !== 'OperationOutcome' || !Array.isArray(issue)) return [];
  return issue.map((one: Record<string, unknown>) => ({
    severity: ['fatal', 'error', 'warning', 'information'].includes(one.severity as string)
      ? (one.severity as Issue['severity'])
      : 'error',
    code: typeof one.code === 'string' ? one.code : 'unknown',
    text: withoutReferences(one.diagnostics ?? (one.details as { text?: unknown } | undefined)?.text),
  }));
}

export function issueText({ severity, code, text }: Issue): string {
  return text || `${severity} ${code}`;
}

/** Servers name resources in their complaints; ids of patients have no place in logs and on screens of operators. */
function withoutReferences(text: unknown): string {
  if (typeof text !== 'string') return '';
  return text
    .replace(/https?:\/\/\S+/g, '…')
    .replace(/\b([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}/g, '$1/…')
    .slice(0, 300);
}
