import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElmLibrary } from '@catchment/elm';
import { Defect, projectRoot } from '@catchment/platform';
import { readCqlHeader, withoutNamespaces, type CqlHeader } from './cql-header';

export interface TranslateRequest {
  /** CQL libraries; includes resolve among them by name and version. */
  sources: readonly { text: string }[];
  /** Model info files (XML), by the name and version that `using` gives; `System` is built in. */
  models: readonly { id: string; version: string; file: string }[];
  onProgress?: (done: number, of: number) => void;
  signal?: AbortSignal;
}

export interface TranslationFailure {
  library: string;
  version?: string;
  /** `locator` is `line:column-line:column` in the CQL text. */
  messages: { message: string; locator?: string }[];
}

export interface Translation {
  libraries: ElmLibrary[];
  /** Libraries with errors; nothing of them is in `libraries`. */
  failures: TranslationFailure[];
}

const script = (): string => join(projectRoot(), 'libs', 'cql', 'translator', 'translator.mjs');

/**
 * Translates CQL to ELM with the official translator, in one child process for all libraries: about 5 CPU-seconds for
 * the first library and 0.2 for each further one, 0.4 to 0.9 GB.
 * @throws Defect when the child process breaks; errors of the CQL are in `failures`.
 */
export async function translate(request: TranslateRequest): Promise<Translation> {
  const sources = includesFirst(
    request.sources.map(({ text }) => {
      const { id, version, includes } = readCqlHeader(text);
      return { id, version, includes, text: withoutNamespaces(text) };
    }),
  );
  const child = spawn(process.execPath, [script()], {
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    signal: request.signal,
  });
  child.on('message', (done) => request.onProgress?.(Number(done), sources.length));
  const output: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout!.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr!.on('data', (chunk: Buffer) => complaints.push(chunk));
  const finished = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  // A child that dies early breaks the pipe; its exit code says more than that.
  child.stdin!.on('error', () => undefined);
  child.stdin!.end(JSON.stringify({ sources, models: request.models }));
  const code = await finished;
  if (code !== 0) {
    throw new Defect(
      `the CQL translator ended with ${code ?? 'a signal'}: ${Buffer.concat(complaints).toString()}`,
    );
  }
  return JSON.parse(Buffer.concat(output).toString('utf8')) as Translation;
}

/** Orders libraries so that each comes after what it includes; where includes form a cycle, the translator complains. */
function includesFirst<T extends Pick<CqlHeader, 'id' | 'version' | 'includes'>>(sources: readonly T[]): T[] {
  const ordered = new Set<T>();
  const open = new Set<T>();
  const visit = (source: T): void => {
    if (ordered.has(source) || open.has(source)) return;
    open.add(source);
    for (const { id, version } of source.includes) {
      const included = sources.find(
        (other) => other.id === id && (version === undefined || other.version === version),
      );
      if (included) visit(included);
    }
    ordered.add(source);
  };
  sources.forEach(visit);
  return [...ordered];
}

/** Changes whenever the same CQL may be translated to other ELM: the translator's version and our options for it. */
export function translatorVersion(): string {
  const manifest = join(projectRoot(), 'node_modules', '@cqframework', 'cql', 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return `${version}-${createHash('sha256').update(readFileSync(script())).digest('hex').slice(0, 12)}`;
}
