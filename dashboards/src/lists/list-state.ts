import { useLocation, useNavigate } from 'react-router-dom';

export const PAGE_SIZE = 50;

/**
 * What of a list lives in the history entry and not in the address: the search text is a patient's name or
 * number, and a cursor may hold the name that a page ends with. Both survive reload and Back.
 */
export interface ListState {
  q: string;
  cursors: string[];
}

export interface ListPosition {
  q: string;
  cursor: string | null;
  /** From 1. */
  pageNumber: number;
  search: (q: string) => void;
  next: (cursor: string) => void;
  /** To the first page. */
  restart: () => void;
  /** Null on the first page. */
  previous: (() => void) | null;
}

/** Search text and keyset paging. Another filter is another address and starts at page 1. */
export function useListPosition(): ListPosition {
  const location = useLocation();
  const navigate = useNavigate();
  const { q, cursors } = readListState(location.state);
  const go = (state: ListState, replace = false) => {
    // A list stays on screen while the page that was opened from it still loads: a search whose wait ends then
    // would lead back here.
    if (window.location.pathname !== location.pathname) return;
    void navigate({ search: location.search }, { state, replace, preventScrollReset: true });
  };
  return {
    q,
    cursor: cursors.at(-1) ?? null,
    pageNumber: cursors.length + 1,
    search: (text) => go({ q: text, cursors: [] }, true),
    next: (cursor) => {
      go({ q, cursors: [...cursors, cursor] });
      window.scrollTo({ top: 0 });
    },
    restart: () => go({ q, cursors: [] }, true),
    previous: cursors.length > 0 ? () => go({ q, cursors: cursors.slice(0, -1) }) : null,
  };
}

export function readListState(state: unknown): ListState {
  if (typeof state !== 'object' || state === null) return { q: '', cursors: [] };
  const q = 'q' in state && typeof state.q === 'string' ? state.q : '';
  const cursors: unknown[] = 'cursors' in state && Array.isArray(state.cursors) ? state.cursors : [];
  return { q, cursors: cursors.filter((cursor) => typeof cursor === 'string') };
}
