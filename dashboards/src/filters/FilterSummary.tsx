import type { PanelFilter } from '../../../apps/api/src/clinical/contract';
import { useFilterOptions } from './queries';

/** The filter in words, for titles: `Harbor Clinic · Medicare`. Nothing when nothing is filtered. */
export function FilterSummary({ filter }: { filter: PanelFilter }) {
  const { data } = useFilterOptions();
  const words = [
    filter.site && (data?.sites.find(({ id }) => id === filter.site)?.label ?? filter.site),
    filter.provider && (data?.providers.find(({ id }) => id === filter.provider)?.label ?? filter.provider),
    filter.payer && (data?.payers.find(({ id }) => id === filter.payer)?.label ?? filter.payer),
  ].filter(Boolean);
  return words.length > 0 ? <>{words.join(' · ')}</> : null;
}
