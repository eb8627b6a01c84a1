import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

interface Exchange {
  request: { method: string; url: string; headers: Record<string, string>; body?: string };
  response: { status: number; headers: Record<string, string>; body?: string };
}

export interface Transcript {
  scenario: string;
  exchanges: Exchange[];
}

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

const recordedHost = 'http://localhost:9443';

/**
 * Answers as a recorded server did: by method, address, parameters and whether a token came along. The answers to one
 * request come in their order, the last one again and again; what was never asked is answered with 599.
 * What was recorded after a job was given back (its status is 404 then) answers only after that; a kick-off makes the
 * job anew, under its recorded address.
 */
export class ReplayServer {
  readonly seen: Seen[] = [];
  private readonly answered = new Map<string, number>();
  private readonly givenBack = new Set<string>();
  private server!: Server;
  private origin = '';

  constructor(private readonly transcript: Transcript) {}

  /** Requests that the recorded server was never asked. */
  readonly surprises: string[] = [];

  async open(): Promise<this> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  /** The address of the FHIR server. */
  get base(): string {
    const [discovery] = this.transcript.exchanges;
    return this.here(discovery!.request.url).replace('/.well-known/smart-configuration', '');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The requests of a method whose path matches, for example the downloads. */
  requests(method: string, path: RegExp): Seen[] {
    return this.seen.filter((seen) => seen.method === method && path.test(seen.path));
  }

  private here(text: string): string {
    return text.replaceAll(recordedHost, this.origin);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.origin);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', headers } = request;
    this.seen.push({ method, path: url.pathname, query: url.searchParams, headers, body });
    const key = requestKey(method, url, body, headers.authorization !== undefined);
    const matching = this.transcript.exchanges.filter(
      ({ request: recorded }) =>
        requestKey(
          recorded.method,
          new URL(this.here(recorded.url)),
          recorded.body ?? '',
          recorded.headers.authorization !== undefined,
        ) === key,
    );
    const gone = this.givenBack.has(url.pathname);
    const ofPhase = matching.filter((exchange) => this.followsDeletion(exchange) === gone);
    const answers = ofPhase.length > 0 ? ofPhase : matching;
    const turnKey = `${key} ${gone}`;
    const turn = this.answered.get(turnKey) ?? 0;
    this.answered.set(turnKey, turn + 1);
    if (method === 'DELETE') this.givenBack.add(url.pathname);
    if (url.pathname.endsWith('$export')) this.givenBack.clear();
    // Recorded only after the job was given back: until then the job is in work.
    if (matching.length > 0 && ofPhase.length === 0 && !gone) {
      response.writeHead(202, { 'x-progress': 'in work' }).end();
      return;
    }
    const exchange = answers[Math.min(turn, answers.length - 1)];
    if (!exchange) {
      this.surprises.push(key);
      response.writeHead(599).end(`never asked of the recorded server: ${key}`);
      return;
    }
    const { status, headers: recorded, body: text = '' } = exchange.response;
    const content = Buffer.from(this.here(text));
    const packed = recorded['content-encoding'] === 'gzip' ? gzipSync(content) : content;
    const kept = Object.entries(recorded).filter(([name]) => !perConnection.has(name));
    response.writeHead(
      status,
      Object.fromEntries([
        ...kept.map(([name, value]) => [name, this.here(value)] as const),
        ['content-length', String(packed.length)] as const,
      ]),
    );
    response.end(packed);
  }

  /** Was the same address deleted earlier in the recorded conversation? */
  private followsDeletion(exchange: Exchange): boolean {
    const { url } = exchange.request;
    return this.transcript.exchanges
      .slice(0, this.transcript.exchanges.indexOf(exchange))
      .some(({ request }) => request.method === 'DELETE' && request.url === url);
  }
}

/** Of the recorded connection, not of this one; `date` would be a clock of months ago. */
const perConnection = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'date',
  'etag',
]);

function requestKey(method: string, url: URL, body: string, withToken: boolean): string {
  const query = [...url.searchParams].map(([name, value]) => `${name}=${value}`).sort();
  // Token requests differ in their assertions; every other body has to be what was recorded.
  const said = url.pathname === '/auth/token' || body === '' ? '' : JSON.stringify(JSON.parse(body));
  return [method, url.pathname, query.join('&'), said, withToken ? 'token' : 'open'].join(' ');
}
