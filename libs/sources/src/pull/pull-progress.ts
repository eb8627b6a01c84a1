import type { ExportProgress } from '../bulk/export-progress';

/** How far a pull is, for people; never about a patient. */
export interface PullProgress {
  step: ExportProgress['step'] | 'reading' | 'landing' | 'storing';
  /** The server's own words while its job is in work (`X-Progress`). */
  said?: string;
  files?: { done: number; total: number };
  /** Downloaded so far, or done of this step of loading. */
  bytes?: number;
  /** Of how many, where it is known. */
  totalBytes?: number;
}
