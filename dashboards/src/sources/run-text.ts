import type { SourceRun, SourceRunProgress, SourceSummary } from '../../../apps/api/src/clinical/contract';
import type { Tone } from '../design/Chip';
import { countText, plural } from '../design/format';

/** Where a source's data lie. */
export function placeText({ bulk, sql, dropFolder }: SourceSummary): string | null {
  if (sql) return `${sql.user}@${sql.host}:${sql.port}/${sql.database}`;
  return bulk?.endpoint ?? dropFolder;
}

export function isUnderWay({ state }: SourceRun): boolean {
  return state === 'queued' || state === 'running';
}

export function toneOf(state: SourceRun['state']): Tone {
  switch (state) {
    case 'succeeded':
      return 'better';
    case 'failed':
    case 'incomplete':
      return 'worse';
    case 'queued':
    case 'running':
      return 'unknown';
    case 'cancelled':
    case 'skipped':
      return 'outline';
  }
}

/** What a state means for the data, and what happens next. */
export function stateText(run: SourceRun): string {
  switch (run.state) {
    case 'queued':
      if (run.cancelRequested) return 'Is being cancelled.';
      return run.attempts === 0 ? 'Waits for the worker.' : 'Waits for its next attempt.';
    case 'running':
      return run.cancelRequested ? 'Is being cancelled.' : 'Under way.';
    case 'succeeded':
      return run.evaluationRunId
        ? 'Everything came. An evaluation run was asked for.'
        : 'Everything came. No evaluation run was needed or wanted.';
    case 'incomplete':
      return 'What came is loaded, and something is missing: no evaluation run was asked for, and the next run begins where this one did. See the findings.';
    case 'failed':
      return 'What was there before stays as it was. Had storing begun already, the next load completes it.';
    case 'cancelled':
      return 'Somebody cancelled it; a server was told so.';
    case 'skipped':
      return 'It was not begun.';
  }
}

const STEPS: Record<string, string> = {
  authorizing: 'Asking for a token',
  starting: 'Asking for the export',
  waiting: 'The server prepares the export',
  downloading: 'Downloading',
  reading: 'Reading files',
  landing: 'Keeping what came',
  storing: 'Storing',
};

export function progressText({ step, said, filesDone, filesTotal, bytes }: SourceRunProgress): string {
  const parts = [
    STEPS[step] ?? step,
    said,
    filesTotal === null ? null : `${countText(filesDone)} of ${plural(filesTotal, 'file')}`,
    bytes === null ? null : bytesText(bytes),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Share that is done, 0 to 1; null where nobody knows. */
export function progressShare({
  filesDone,
  filesTotal,
  bytes,
  totalBytes,
}: SourceRunProgress): number | null {
  if (bytes !== null && totalBytes) return Math.min(1, bytes / totalBytes);
  if (filesDone !== null && filesTotal) return filesDone / filesTotal;
  return null;
}

/** `12.3 MB` */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}

/** New or changed resources of a run; null where it loaded nothing that is known. */
export function loadedTotal({ counts }: SourceRun): number | null {
  return counts ? counts.loaded.reduce((sum, { count }) => sum + count, 0) : null;
}

/** Who or what began it. */
export function startedByText({ startedBy }: SourceRun): string {
  if (startedBy === 'schedule') return 'its schedule';
  return startedBy === 'arrival' ? 'arriving files' : startedBy;
}
