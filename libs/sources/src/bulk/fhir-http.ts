import { Diagnostic } from '@catchment/platform';
import { issueText, readIssues, type Issue } from './outcome';
import { backOff, retryAfter, type Pacing } from './pacing';
import { checkLed } from './endpoint';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: URL;
  /** For messages: "the kick-off", "the status request". */
  what: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
  /** How often it is tried again when the connection breaks or the server is overloaded; default 4. */
  retries?: number;
}

/** A server's answer that is an error. `status` is 0 when there was no answer. */
export class ServerRefusal extends Diagnostic {
  constructor(
    message: string,
    readonly status: number,
    readonly issues: readonly Issue[],
    options?: ErrorOptions,
    /** What the server's clock said. */
    readonly serverTime?: Date,
  ) {
    super(message, {}, options);
  }
}

const overloaded = new Set([408, 429, 502, 503, 504]);
const firstPause = 1_000;
const longestPause = 60_000;
/** An answer that is read into memory: manifests and errors. */
const longestText = 64_000_000;

/** Requests that fail politely: they name what was asked, follow no foreign redirect and repeat only what may be. */
export class FhirHttp {
  constructor(private readonly pacing: Pacing) {}

  /** @returns any answer, also one that is an error. @throws ServerRefusal when there is none, after all tries. */
  async send(request: HttpRequest): Promise<Response> {
    const { retries = 4, signal, what } = request;
    for (let attempt = 0; ; attempt++) {
      let response: Response | undefined;
      let cause: unknown;
      try {
        response = await this.follow(request);
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof Diagnostic) throw error;
        cause = error;
      }
      if (response && !overloaded.has(response.status)) return response;
      if (attempt >= retries) {
        if (response) return response;
        throw new ServerRefusal(`${what} got no answer: ${reasonOf(cause)}`, 0, [], { cause });
      }
      const asked = retryAfter(response?.headers.get('retry-after') ?? null, this.pacing.clock.now());
      await response?.body?.cancel();
      await this.pacing.sleep(Math.min(asked ?? backOff(attempt, firstPause, longestPause), 300_000), signal);
    }
  }

  /** The body of a JSON answer. @throws ServerRefusal when the answer is an error or no JSON. */
  async json(request: HttpRequest): Promise<{ body: unknown; response: Response }> {
    const response = await this.send(request);
    if (!response.ok) throw await refusal(response, request.what);
    return { body: await readJson(response, request.what), response };
  }

  /** Redirects stay on the host: everything else could carry a token or patients' data elsewhere. */
  private async follow({ method, url, headers, body, signal, what }: HttpRequest): Promise<Response> {
    let at = url;
    for (let redirects = 0; ; redirects++) {
      const response = await fetch(at, { method, headers, body, signal, redirect: 'manual' });
      if (![301, 302, 303, 307, 308].includes(response.status)) return response;
      await response.body?.cancel();
      const target = response.headers.get('location');
      if (!target) throw new Diagnostic(`${what} was redirected to nowhere`);
      const next = checkLed(new URL(target, at).href, url, `the redirect of ${what}`);
      if (next.origin !== url.origin)
        throw new Diagnostic(`${what} was redirected to another host (${next.host}), which is not followed`);
      if (method !== 'GET')
        throw new Diagnostic(`${what} was redirected, which only reading requests may be`);
      if (redirects >= 4) throw new Diagnostic(`${what} was redirected again and again`);
      at = next;
    }
  }
}

/** What an answer that is an error says. */
export async function refusal(response: Response, what: string): Promise<ServerRefusal> {
  const text = await readText(response, what).catch(() => '');
  const issues = readIssues(text);
  const said = issues.length > 0 ? issues.slice(0, 3).map(issueText).join('; ') : plainText(text);
  return new ServerRefusal(
    `${what} was refused with status ${response.status}${said ? `: ${said}` : ''}`,
    response.status,
    issues,
    {},
    serverTime(response),
  );
}

function serverTime(response: Response): Date | undefined {
  const time = new Date(response.headers.get('date') ?? '');
  return Number.isNaN(time.getTime()) ? undefined : time;
}

export async function readJson(response: Response, what: string): Promise<unknown> {
  const text = await readText(response, what);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const kind = /^\s*</.test(text) ? 'HTML or XML' : text.trim() === '' ? 'nothing' : 'no JSON';
    throw new ServerRefusal(`${what} was answered with ${kind} in place of JSON`, response.status, [], {
      cause,
    });
  }
}

async function readText(response: Response, what: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > longestText) throw new Diagnostic(`${what} was answered with more than 64 MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** An OAuth error (RFC 6749, 5.2) or a short plain text; a page of HTML says nothing worth repeating. */
function plainText(text: string): string {
  try {
    const { error, error_description: description } = JSON.parse(text) as Record<string, unknown>;
    const parts = [error, description].filter((part): part is string => typeof part === 'string');
    return parts.join(': ').slice(0, 300);
  } catch {
    return text.length <= 120 && !text.includes('<') ? text.trim() : '';
  }
}

/** Node says why a connection failed in a code, beside a message that may hold the whole address. */
export function reasonOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return error instanceof Error ? error.name : 'unknown reason';
}
