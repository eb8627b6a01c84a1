/** How far an export is. */
export interface ExportProgress {
  step: 'authorizing' | 'starting' | 'waiting' | 'downloading';
  /** The server's own words (`X-Progress`). */
  said?: string;
  files?: { done: number; total: number };
  bytes?: number;
}
