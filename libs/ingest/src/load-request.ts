import type { Demand } from '@catchment/fhir';
import type { Connection } from '@catchment/warehouse';
import type { Panel } from './panels';

/** A demand, or who says it of an open warehouse: what to store may depend on what it holds. */
export type AskedDemand = Demand | ((connection: Connection) => Promise<Demand>);

export async function askDemand(connection: Connection, demand: AskedDemand = {}): Promise<Demand> {
  return typeof demand === 'function' ? demand(connection) : demand;
}

/** How far a load is. */
export interface LoadProgress {
  step: 'reading' | 'storing';
  /** Bytes done of this step, and of how many. */
  done: number;
  total: number;
}

export interface LoadRequest {
  connection: Connection;
  dataDir: string;
  /** Files and folders. */
  paths: readonly string[];
  /** Files of what the source deleted: NDJSON of transaction Bundles with an entry `DELETE Type/id` each. */
  deletions?: readonly string[];
  /** The system that the data come from: ids are unique within it. */
  source?: string;
  /** Who is evaluated of the source, when this load says so. */
  panel?: Panel;
  /** What makes the load, for the ledger. */
  origin?: string;
  /** What the typed tables are to hold after this load, besides what they hold; types met are always added. */
  demand?: AskedDemand;
  onProgress?: (progress: LoadProgress) => void;
  signal?: AbortSignal;
}

export const defaultSource = 'default';

/** Tells how far a step is, by bytes of text. */
export function loadProgress(
  { onProgress }: LoadRequest,
  step: LoadProgress['step'],
  files: readonly { textBytes: number }[],
): (bytes: number) => void {
  const total = files.reduce((sum, { textBytes }) => sum + textBytes, 0);
  let done = 0;
  return (bytes) => {
    done = Math.min(total, done + bytes);
    onProgress?.({ step, done, total });
  };
}
