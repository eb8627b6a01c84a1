import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BulkConfiguration } from '@catchment/store';

/** What the server answers next; tests change it. */
export interface BulkBehaviour {
  patients: string[];
  transactionTime: string;
  /** The file of patients, in place of well-formed ones. */
  file?: string;
  /** Text of an OperationOutcome that the manifest lists as an error. */
  failure?: string;
  /** How often the status is "in work" before it is complete; the server says "half done". */
  looks: number;
  /** Status of every answer to a kick-off; 202 unless said otherwise. */
  kickOffStatus: number;
}

/** An open FHIR server with bulk exports of patients, that remembers what it was asked. */
export class BulkServerFixture {
  readonly asked: string[] = [];
  behaviour: BulkBehaviour = {
    patients: ['p1', 'p2'],
    transactionTime: '2026-11-27T06:00:00Z',
    looks: 0,
    kickOffStatus: 202,
  };
  private server!: Server;
  private base = '';

  async open(): Promise<this> {
    this.server = createServer(({ method = '', url = '' }, response) => {
      this.asked.push(`${method} ${decodeURIComponent(url)}`);
      this.answer(method, url.split('?')[0] ?? '', response);
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.base = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  count(request: string): number {
    return this.asked.filter((asked) => asked.startsWith(request)).length;
  }

  get configuration(): BulkConfiguration {
    return {
      kind: 'bulk',
      endpoint: `${this.base}/fhir`,
      level: 'system',
      groupId: null,
      types: ['Patient'],
      typeFilters: [],
      elements: [],
      method: 'GET',
      clientId: null,
      tokenUrl: null,
      scope: 'system/*.rs',
      fileHosts: [],
    };
  }

  private answer(method: string, path: string, response: ServerResponse): void {
    const { behaviour, base } = this;
    const json = (body: object): unknown =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (method === 'DELETE') response.writeHead(202).end();
    else if (/^\/fhir\/(Group\/g\/)?\$export$/.test(path))
      response.writeHead(behaviour.kickOffStatus, { 'content-location': `${base}/status` }).end();
    else if (path === '/fhir/metadata')
      json({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', software: { name: 'Fixture EHR' } });
    else if (path === '/status' && behaviour.looks-- > 0)
      response.writeHead(202, { 'x-progress': 'half done', 'retry-after': '1' }).end();
    else if (path === '/status') {
      const file = (type: string, name: string): object => ({ type, url: `${base}/${name}` });
      json({
        transactionTime: behaviour.transactionTime,
        requiresAccessToken: false,
        output: behaviour.patients.length > 0 ? [file('Patient', 'patients')] : [],
        error: behaviour.failure === undefined ? [] : [file('OperationOutcome', 'failure')],
      });
    } else if (path === '/patients')
      response.end(
        behaviour.file ??
          behaviour.patients.map((id) => `${JSON.stringify({ resourceType: 'Patient', id })}\n`).join(''),
      );
    else if (path === '/failure') {
      const issue = [{ severity: 'error', code: 'exception', diagnostics: behaviour.failure }];
      response.end(`${JSON.stringify({ resourceType: 'OperationOutcome', issue })}\n`);
    } else response.writeHead(404).end();
  }
}
