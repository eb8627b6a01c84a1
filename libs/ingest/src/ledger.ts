import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Diagnostic, writeFileAtomic } from '@catchment/platform';
import { landingFolder, sync } from './land-file';

/** One load, as the ledger keeps it: with the landed files everything that is needed to do it again. */
export interface LoadEvent {
  /** Number of its line, from 1. */
  sequence: number;
  /** When it was recorded, ISO 8601 in UTC. */
  at: string;
  /** The system that the data come from. */
  source: string;
  /** What made the load: `files`, `pull`, … */
  origin: string;
  files: EventFile[];
  panel?: PanelRecord;
}

export interface EventFile {
  /** Resources to store; Bundles that name deleted resources; the patients of a panel. */
  kind: 'resources' | 'deletions' | 'panel';
  /** Name in the landing zone: hash of the bytes as they came. */
  sha256: string;
  /** Where it came from, for people. */
  path: string;
  bytes: number;
}

/** What a load says of a panel: who belongs to it now, or that it is no more. */
export type PanelRecord =
  { name: string; patients: 'of these files' | 'of a list' } | { name: string; ended: true };

/**
 * The ledger of the landing zone, `landing/ledger.ndjson`: every load in order, one line each, only ever appended to.
 * A line holds the hash of the line before it, so that no line can change or vanish unnoticed. An event counts from
 * the moment its line ends with a line feed on disk; what a crash left of a line without one is cut off.
 */
export class Ledger {
  private constructor(
    private readonly path: string,
    private readonly recorded: LoadEvent[],
    /** Bytes of the lines that count. */
    private size: number,
    private lastLine: string,
  ) {}

  /** @throws Diagnostic, naming file and line, when a line is damaged or missing. */
  static read(dataDir: string): Ledger {
    const path = ledgerFile(dataDir);
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const size = bytes.lastIndexOf(0x0a) + 1;
    const lines = size === 0 ? [] : bytes.toString('utf8', 0, size - 1).split('\n');
    const events = lines.map((line, index) => readLine(path, line, index + 1, lines[index - 1] ?? ''));
    return new Ledger(path, events, size, lines.at(-1) ?? '');
  }

  /** Makes a ledger of events that happened before there was one. */
  static begin(dataDir: string, events: readonly Omit<LoadEvent, 'sequence'>[]): Ledger {
    let before = '';
    const lines = events.map((event, index) => {
      before = lineOf({ sequence: index + 1, ...event }, before);
      return `${before}\n`;
    });
    writeFileAtomic(ledgerFile(dataDir), lines.join(''));
    return Ledger.read(dataDir);
  }

  get events(): readonly LoadEvent[] {
    return this.recorded;
  }

  /** Records an event; when it returns, the event is on disk. */
  append(event: Omit<LoadEvent, 'sequence'>): LoadEvent {
    const numbered: LoadEvent = { sequence: this.recorded.length + 1, ...event };
    const line = lineOf(numbered, this.lastLine);
    const bytes = Buffer.from(`${line}\n`);
    const isNew = !existsSync(this.path);
    const file = openSync(this.path, isNew ? 'wx' : 'r+', 0o600);
    try {
      // What a crash left of a line that was never finished.
      ftruncateSync(file, this.size);
      for (let done = 0; done < bytes.length;)
        done += writeSync(file, bytes, done, bytes.length - done, this.size + done);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (isNew) sync(dirname(this.path));
    this.recorded.push(numbered);
    this.size += bytes.length;
    this.lastLine = line;
    return numbered;
  }
}

/** The recorded loads in order. */
export function readLedger(dataDir: string): readonly LoadEvent[] {
  return Ledger.read(dataDir).events;
}

function ledgerFile(dataDir: string): string {
  return join(landingFolder(dataDir), 'ledger.ndjson');
}

function lineOf(event: LoadEvent, before: string): string {
  return JSON.stringify({ ...event, previous: hashOf(before) });
}

function readLine(path: string, line: string, number: number, before: string): LoadEvent {
  const damaged = (why: string): Diagnostic =>
    new Diagnostic(`the ledger of the landing zone is damaged: ${why}; restore it from a backup`, {
      file: path,
      line: number,
    });
  let event: LoadEvent & { previous?: string };
  try {
    event = JSON.parse(line) as LoadEvent & { previous?: string };
  } catch {
    throw damaged('a line is no JSON');
  }
  const { previous, ...rest } = event;
  if (previous !== hashOf(before)) throw damaged('it does not follow the line before it');
  if (rest.sequence !== number) throw damaged(`it should be event ${number}`);
  return rest;
}

function hashOf(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}
