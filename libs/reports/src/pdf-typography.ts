import { palette } from './palette';
import type { Content } from './pdf-document';

/** Section heading; `onNewPage` starts the section on a page of its own. */
export function heading(text: string, options: { onNewPage?: boolean; above?: number } = {}): Content {
  return {
    text,
    bold: true,
    fontSize: 11.5,
    color: palette.brand,
    margin: [0, options.above ?? 0, 0, 6],
    ...(options.onNewPage ? { pageBreak: 'before' as const } : {}),
  };
}

/** Small print under a table. */
export function note(text: string): Content {
  return { text, fontSize: 7.5, color: palette.muted, margin: [0, 6, 0, 0] };
}
