/** What it took from files to results, in CPU-seconds of this process, in this order. */
export const refreshSteps = [
  'load',
  'persons, attribution',
  'survey of elements',
  'compile',
  'measures',
  'checks',
  'marts',
] as const;

export type RefreshStep = (typeof refreshSteps)[number];

export interface Refreshed {
  seconds: Record<RefreshStep, number>;
  loaded: number;
  /** Hashes of what the warehouse holds, and of every table that is published. */
  content: string;
  results: string;
}
