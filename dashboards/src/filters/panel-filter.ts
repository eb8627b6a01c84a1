import { useLocation, useSearchParams } from 'react-router-dom';
import type { PanelFilter } from '../../../apps/api/src/clinical/contract';
import { readListState } from '../lists/list-state';

/** The filter that every population screen shares; it lives in the address, so a link carries it. */
export const PANEL_PARAMETERS = ['site', 'provider', 'payer'] as const;
export type PanelParameter = (typeof PANEL_PARAMETERS)[number];

export function readPanelFilter(search: URLSearchParams): PanelFilter {
  const filter: PanelFilter = {};
  for (const name of PANEL_PARAMETERS) {
    const value = search.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

export function usePanelFilter(): PanelFilter {
  const [search] = useSearchParams();
  return readPanelFilter(search);
}

/** Changes parameters of the address; an empty value removes one. A list keeps its search text, on page 1. */
export function useSearchUpdate(): (changes: Record<string, string | null>) => void {
  const [, setSearch] = useSearchParams();
  const location = useLocation();
  return (changes) => {
    const { q } = readListState(location.state);
    setSearch((previous) => changedSearch(previous, changes), {
      state: { q, cursors: [] },
      preventScrollReset: true,
    });
  };
}

function changedSearch(previous: URLSearchParams, changes: Record<string, string | null>): URLSearchParams {
  const next = new URLSearchParams(previous);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

/** A path of the app with the filter and further parameters. */
export function pathWith(
  path: string,
  filter: PanelFilter,
  parameters: Record<string, string | null | undefined> = {},
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...parameters, ...filter })) {
    if (value) search.set(name, value);
  }
  const query = search.toString();
  return query ? `${path}?${query}` : path;
}
