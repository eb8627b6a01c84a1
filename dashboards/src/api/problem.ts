import type { Problem } from '../../../apps/api/src/clinical/contract';

/** A request that failed, in the words of the API's problem details (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | null,
  ) {
    super(detail ? `${title}: ${detail}` : title);
  }

  /** Trying again can help: the service was not reached, was busy or failed. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Reads the problem details of a response; a response without them still gets an honest title. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return new ApiProblem(response.status, body.title, body.detail ?? null);
  return new ApiProblem(
    response.status,
    response.status >= 500 ? 'The service could not answer' : 'The request was refused',
    `HTTP status ${response.status} without details.`,
  );
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'title' in body && typeof body.title === 'string';
}
