import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from './atomic-file';

export type StepState = 'waiting' | 'running' | 'done' | 'failed';

/** One named step of the first-start preparation. */
export interface ProgressStep {
  name: string;
  title: string;
  state: StepState;
  /** 0 to 100. */
  percent: number;
  /** A sentence for people; never about a patient. */
  detail?: string;
}

/** What `DATA_DIR/progress.json` holds and `GET /health/progress` answers. */
export interface Progress {
  state: 'starting' | 'preparing' | 'ready' | 'failed';
  steps: ProgressStep[];
  /** Why it failed, for people. */
  error?: string;
  updatedAt: string;
}

/** The file through which the worker tells the API and the terminal how far the preparation is. */
export function progressFile(dataDir: string): string {
  return join(dataDir, 'progress.json');
}

export function writeProgress(dataDir: string, progress: Progress): void {
  writeFileAtomic(progressFile(dataDir), JSON.stringify(progress));
}

/** The last progress written; `starting` without steps when nothing was written yet. */
export function readProgress(dataDir: string): Progress {
  try {
    return JSON.parse(readFileSync(progressFile(dataDir), 'utf8')) as Progress;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { state: 'starting', steps: [], updatedAt: new Date(0).toISOString() };
  }
}
