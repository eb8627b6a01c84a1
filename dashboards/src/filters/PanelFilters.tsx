import type { FilterOption } from '../../../apps/api/src/clinical/contract';
import { countText } from '../design/format';
import { PANEL_PARAMETERS, usePanelFilter, useSearchUpdate } from './panel-filter';
import { useFilterOptions } from './queries';
import { SelectFilter } from './SelectFilter';

/** Site, provider and payer: the three drop-downs that re-cut a screen, and a way back to everybody. */
export function PanelFilters() {
  const filter = usePanelFilter();
  const update = useSearchUpdate();
  const { data } = useFilterOptions();
  const active = PANEL_PARAMETERS.some((name) => filter[name]);

  return (
    <>
      <SelectFilter
        label="Site"
        everything="All sites"
        value={filter.site ?? ''}
        options={withCounts(data?.sites)}
        onChange={(site) => update({ site })}
      />
      <SelectFilter
        label="Provider"
        everything="All providers"
        value={filter.provider ?? ''}
        options={withCounts(data?.providers)}
        onChange={(provider) => update({ provider })}
      />
      <SelectFilter
        label="Payer"
        everything="All payers"
        value={filter.payer ?? ''}
        options={withCounts(data?.payers)}
        onChange={(payer) => update({ payer })}
      />
      {active && (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => update({ site: null, provider: null, payer: null })}
        >
          Clear
        </button>
      )}
    </>
  );
}

function withCounts(options: FilterOption[] = []): { id: string; label: string }[] {
  return options.map(({ id, label, patients }) => ({ id, label: `${label} (${countText(patients)})` }));
}
