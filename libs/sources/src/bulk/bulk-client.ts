import { mkdirSync } from 'node:fs';
import { Diagnostic } from '@catchment/platform';
import { askForJob } from './ask-for-job';
import { Authorization, type ClientIdentity } from './authorization';
import { checkAddress, checkLed } from './endpoint';
import type { ExportProgress } from './export-progress';
import { enterFiles } from './enter-files';
import { kickOff, type ExportRequest } from './export-request';
import { ExportRecord, type ExportFile, type ExportState } from './export-state';
import { FhirHttp, readJson, refusal, ServerRefusal } from './fhir-http';
import { TruncatedDownload } from './download';
import { downloadFiles, GoneFiles } from './download-files';
import { readManifest, type Manifest } from './manifest';
import type { Issue } from './outcome';
import { readFailures } from './outcomes';
import type { Pacing } from './pacing';
import { pollStatus } from './poll-status';
import { typesNotGranted } from './scopes';

export interface BulkServer {
  /** Address of the FHIR server. */
  base: string;
  /** Absent for an open server. */
  identity?: ClientIdentity;
  /** Hosts beside the server's own that its token may be sent to, for files. */
  fileHosts?: readonly string[];
}

export interface BulkOptions {
  pacing: Pacing;
  signal?: AbortSignal;
  onProgress?: (progress: ExportProgress) => void;
  /** The longest time that the server's job is waited for; default 30 days. */
  patienceMs?: number;
}

/** What an export brought. */
export interface ExportResult {
  transactionTime: string;
  files: ExportFile[];
  /** What the server could not export, in its words. */
  failures: Issue[];
  /** Types that were asked for and not granted by the authorization server. */
  notGranted: string[];
  warnings: string[];
}

const day = 24 * 3600_000;
const month = 30 * day;

/**
 * Exports from a FHIR server by Bulk Data Access (versions 1 to 4) into a folder. Called again for the same folder
 * after a crash, it goes on where it was: the job of the server is asked again, finished files stay.
 * The server's files are kept until `release`: when those here are in the landing zone.
 */
export class BulkClient {
  private readonly http: FhirHttp;
  private readonly base: URL;
  private readonly authorization: Authorization | undefined;

  constructor(
    private readonly server: BulkServer,
    private readonly options: BulkOptions,
  ) {
    this.base = checkAddress(server.base, 'the address of the FHIR server');
    this.http = new FhirHttp(options.pacing);
    if (server.identity)
      this.authorization = new Authorization(this.http, options.pacing, this.base, server.identity);
  }

  /** @throws Diagnostic when no token is given or granted scopes read nothing that is wanted; returns what is missing. */
  async authorize(types: readonly string[]): Promise<{ notGranted: string[] }> {
    if (!this.authorization || !this.server.identity) return { notGranted: [] };
    this.options.onProgress?.({ step: 'authorizing' });
    const granted = await this.authorization.grantedScope(this.options.signal);
    const notGranted = typesNotGranted(this.server.identity.scope, granted, types);
    if (types.length > 0 && notGranted.length === types.length)
      throw new Diagnostic(`the server grants none of what is asked for: ${notGranted.join(', ')}`);
    return { notGranted };
  }

  /** What the server says of itself (CapabilityStatement). @throws Diagnostic when it says nothing. */
  async capabilities(): Promise<unknown> {
    const what = 'the capability statement';
    const url = new URL(`${this.base.href.replace(/\/$/, '')}/metadata`);
    const response = await this.send({
      method: 'GET',
      url,
      what,
      headers: { accept: 'application/fhir+json' },
    });
    if (!response.ok) throw await refusal(response, what);
    return readJson(response, what);
  }

  /** @throws Diagnostic when the export fails as a whole; its job is given back to the server then. */
  async export(folder: string, request: ExportRequest): Promise<ExportResult> {
    mkdirSync(folder, { recursive: true });
    const record = new ExportRecord(folder);
    let state = record.read();
    if (state && (!isSame(state, this.base, request) || this.isStale(state))) {
      await this.release(folder);
      state = undefined;
    }
    for (;;) {
      state ??= await this.start(record, request);
      try {
        await this.fetchFiles(record, state);
        return await resultOf(folder, state);
      } catch (error) {
        this.options.signal?.throwIfAborted();
        if (error instanceof GoneFiles && state.restarts === 0) {
          await this.giveBack(state);
          record.remove();
          state = await this.start(record, request, 1);
          continue;
        }
        // What may pass by itself leaves the job with the server: the next export of this folder goes on with it.
        if (error instanceof Diagnostic && !isPassing(error)) {
          await this.giveBack(state);
          record.remove();
        }
        throw error;
      }
    }
  }

  /** Tells the server that its job is done with, or not wanted any more, and forgets it. */
  async release(folder: string): Promise<void> {
    const record = new ExportRecord(folder);
    const state = record.read();
    if (state) await this.giveBack(state);
    record.remove();
  }

  /** Files that were complete a day ago are not what a pull of today is to load. */
  private isStale({ finishedAt }: ExportState): boolean {
    return (
      finishedAt !== undefined && this.options.pacing.clock.now().getTime() - Date.parse(finishedAt) > day
    );
  }

  /** Asks for a job and notes it. */
  private async start(record: ExportRecord, request: ExportRequest, restarts = 0): Promise<ExportState> {
    const { notGranted } = await this.authorize(request.types);
    this.options.onProgress?.({ step: 'starting' });
    const { location, ...begun } = await askForJob(record, kickOff(this.base, request), {
      now: this.options.pacing.clock.now(),
      send: (start) => this.send(start),
    });
    const statusUrl = this.ownAddress(location, 'the address of the status');
    const state = { request, base: this.base.href, statusUrl, notGranted, restarts, ...begun };
    record.write(state);
    return state;
  }

  private async fetchFiles(record: ExportRecord, state: ExportState): Promise<void> {
    for (let fresh = state.files !== undefined, expired = 0; ;) {
      if (!state.files || !fresh) {
        await this.takeManifest(state);
        record.write(state);
      }
      try {
        await downloadFiles(record, state, {
          http: this.http,
          pacing: this.options.pacing,
          signal: this.options.signal,
          authorize: (file) => this.fileHeaders(file, state),
          forgetToken: () => this.authorization?.forget(),
          onProgress: this.options.onProgress,
        });
        state.finishedAt ??= this.options.pacing.clock.now().toISOString();
        record.write(state);
        return;
      } catch (error) {
        // Addresses of files end earlier than the job: the manifest has new ones, once.
        if (!(error instanceof GoneFiles) || ++expired > 1) throw error;
        fresh = false;
      }
    }
  }

  /** Waits for the job and enters its files into the state; files that are here already stay. */
  private async takeManifest(state: ExportState): Promise<void> {
    const status = new URL(state.statusUrl);
    const { pacing, signal, onProgress, patienceMs = month } = this.options;
    const pages: Manifest[] = [];
    const poll = (at: URL): Promise<unknown> =>
      pollStatus((url, what) => this.send({ method: 'GET', url, what, headers: json }), at, {
        pacing,
        signal,
        until: Date.parse(state.kickedOffAt) + patienceMs,
        onProgress: (said) => onProgress?.({ step: 'waiting', said }),
      });
    let body = await poll(status).catch((error: unknown) => {
      // A job that the server does not know any more, as after a long interruption, is begun anew.
      if (error instanceof ServerRefusal && (error.status === 404 || error.status === 410))
        throw new GoneFiles(error.message, {}, { cause: error });
      throw error;
    });
    for (let at = status; ;) {
      const page = readManifest(body, at);
      pages.push(page);
      if (page.next === undefined) break;
      if (pages.length >= 10_000) throw new Diagnostic('the manifest has more than 10,000 pages');
      at = new URL(this.ownAddress(page.next, 'the next page of the manifest'));
      body = await poll(at);
    }
    enterFiles(state, pages);
  }

  /** The headers for a file; a token goes where the manifest asks for it and to the server's own hosts only. */
  private async fileHeaders(file: ExportFile, state: ExportState): Promise<Record<string, string>> {
    if (!file.requiresAccessToken || !this.authorization) return {};
    const url = new URL(file.url);
    const trusted = new Set([
      this.base.host,
      new URL(state.statusUrl).host,
      ...(this.server.fileHosts ?? []),
    ]);
    if (!trusted.has(url.host))
      throw new Diagnostic(
        `files lie on ${url.host} and need the token, which is not sent there; add the host to the source if it is the server's own`,
      );
    return { authorization: await this.authorization.header(this.options.signal) };
  }

  private async giveBack(state: ExportState): Promise<void> {
    try {
      const url = new URL(state.statusUrl);
      // The job of a server that the source had before: it does not get the token of this one.
      if (this.authorization && !this.isOwnHost(url)) return;
      const response = await this.send({ method: 'DELETE', url, what: 'giving the job back', retries: 1 });
      await response.body?.cancel();
    } catch (error) {
      // What was exported is here or the failure has its own error; the server removes the job some day.
      if (!(error instanceof Diagnostic)) throw error;
    }
  }

  /** A request with a token; one that was refused is replaced once. */
  private async send(request: Parameters<FhirHttp['send']>[0]): Promise<Response> {
    const { signal } = this.options;
    for (let attempt = 0; ; attempt++) {
      const headers = { ...request.headers };
      if (this.authorization) headers.authorization = await this.authorization.header(signal);
      const response = await this.http.send({ ...request, headers, signal });
      if (response.status !== 401 || !this.authorization || attempt > 0) return response;
      await response.body?.cancel();
      this.authorization.forget();
    }
  }

  /** Addresses that get our token have to be the server's own. */
  private ownAddress(address: string, what: string): string {
    const url = checkLed(address, this.base, what);
    if (this.authorization && !this.isOwnHost(url))
      throw new Diagnostic(`${what} is on another host (${url.host}), where no token is sent to`);
    return url.href;
  }

  private isOwnHost({ host }: URL): boolean {
    return [this.base.host, ...(this.server.fileHosts ?? [])].includes(host);
  }
}

/** Does the recorded export ask for the same, of the same server? */
function isSame(state: ExportState, base: URL, request: ExportRequest): boolean {
  return state.base === base.href && JSON.stringify(state.request) === JSON.stringify(request);
}

async function resultOf(folder: string, state: ExportState): Promise<ExportResult> {
  const { files = [], notGranted, lostJobAt } = state;
  const { failures, warnings } = await readFailures(folder, files);
  const lost = `a job that was begun at ${lostJobAt} may still be at the server: its address was lost when this machine stopped`;
  return {
    transactionTime: state.transactionTime!,
    files,
    failures,
    warnings: lostJobAt === undefined ? warnings : [...warnings, lost],
    notGranted,
  };
}

/** Did the connection or an overloaded server fail, not the export? The same may succeed later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof TruncatedDownload) return true;
  return error instanceof ServerRefusal && [0, 429, 502, 503, 504].includes(error.status);
}

const json = { accept: 'application/json' };
