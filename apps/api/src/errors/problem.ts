import { HttpException } from '@nestjs/common';
import { Defect, Diagnostic, Unsupported } from '@catchment/platform';

/** The one mapping from kinds of failure to HTTP and FHIR. */
export interface Problem {
  status: number;
  title: string;
  /** For people; empty for our own bugs, whose text may hold anything. */
  detail: string;
  /** FHIR IssueType. */
  code:
    | 'invalid'
    | 'not-supported'
    | 'not-found'
    | 'conflict'
    | 'login'
    | 'forbidden'
    | 'throttled'
    | 'transient'
    | 'exception';
}

/** What a failure means to the caller. Never reveals the text of a bug or of a database's complaint. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Diagnostic) {
    // With a place in a file or library the request was understood, its content was not right.
    const located = Object.values(error.location).some((part) => part !== undefined);
    return { status: located ? 422 : 400, title: 'Not valid', detail: error.message, code: 'invalid' };
  }
  if (error instanceof Unsupported) {
    return { status: 501, title: 'Not supported', detail: error.message, code: 'not-supported' };
  }
  if (error instanceof Defect) return bug;
  if (error instanceof HttpException) return ofHttp(error);
  // body-parser's complaints about a request's body, for example JSON that does not parse.
  const { status, expose } = error as { status?: number; expose?: boolean };
  if (expose && status && status >= 400 && status < 500) {
    return { status, title: 'Not valid', detail: 'the body of the request can not be read', code: 'invalid' };
  }
  return bug;
}

const bug: Problem = { status: 500, title: 'Internal error', detail: '', code: 'exception' };

const byStatus: Record<number, Pick<Problem, 'title' | 'code'>> = {
  401: { title: 'Not signed in', code: 'login' },
  403: { title: 'Not allowed', code: 'forbidden' },
  404: { title: 'Not found', code: 'not-found' },
  409: { title: 'Out of date', code: 'conflict' },
  429: { title: 'Too many requests', code: 'throttled' },
  501: { title: 'Not supported', code: 'not-supported' },
  503: { title: 'Not ready', code: 'transient' },
};

function ofHttp(error: HttpException): Problem {
  const status = error.getStatus();
  if (status === 500) return bug;
  // Nest's own text for an unknown route quotes the whole address.
  if (status === 404 && error.message.startsWith('Cannot ')) {
    return { status, title: 'Not found', code: 'not-found', detail: 'there is no such address' };
  }
  const known = byStatus[status] ?? { title: 'Not valid', code: 'invalid' as const };
  return { status, ...known, detail: textOf(error) };
}

/** Nest's validation pipe gives a list of messages. */
function textOf(error: HttpException): string {
  const body = error.getResponse();
  if (typeof body === 'string') return body;
  const { message } = body as { message?: string | string[] };
  return Array.isArray(message) ? message.join('; ') : (message ?? error.message);
}
