import type { Clock } from '@catchment/platform';
import type { Origin } from '@catchment/terminology';
import type { Connection } from '@catchment/warehouse';

/** Where the content of an import is. */
export interface ContentOptions {
  dataDir: string;
  /** Content: zip archives, Bundles, folders, content repositories. They complete each other's libraries. */
  paths: readonly string[];
  /** Folders with model infos, besides `DATA_DIR/models`; libraries there serve as includes, too. */
  modelPaths?: readonly string[];
  onProgress?: (step: ImportStep) => void;
  signal?: AbortSignal;
}

export interface ImportPackagesOptions extends ContentOptions {
  /** The warehouse, for the value sets. */
  connect: () => Promise<Connection>;
  /** Translate even where there is published ELM. */
  retranslate?: boolean;
  /** Take incomplete expansions that cannot be completed; the report names them. */
  acceptTruncated?: boolean;
  /** Which manifest pins the versions of value sets, when the content has several. */
  manifest?: string;
  origin?: Origin;
  clock?: Clock;
}

export type ImportStep =
  | { step: 'read'; files: number }
  | { step: 'translate'; done: number; of: number }
  | { step: 'store'; measures: number };
