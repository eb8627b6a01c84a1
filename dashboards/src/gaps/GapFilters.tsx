import { capitalized } from '../design/format';
import { Icon } from '../design/Icon';
import { PanelFilters } from '../filters/PanelFilters';
import { useSearchUpdate } from '../filters/panel-filter';
import { useFilterOptions } from '../filters/queries';
import { SelectFilter } from '../filters/SelectFilter';
import type { ListPosition } from '../lists/list-state';
import { SearchBox } from '../lists/SearchBox';
import { STATUSES, type GapFilter } from './gap-filter';
import { gapReasonText, gapStatusText, OPEN_REASONS } from './gap-text';
import { WorkFilters } from './WorkFilters';

interface GapFiltersProps {
  filter: GapFilter;
  position: ListPosition;
}

export function GapFilters({ filter, position }: GapFiltersProps) {
  const update = useSearchUpdate();
  const { data } = useFilterOptions();
  return (
    <div className="filter-bar" role="group" aria-label="Filter the care gaps">
      <SearchBox value={position.q} onSearch={position.search} />
      <SelectFilter
        label="Measure"
        everything="All measures"
        value={filter.measure ?? ''}
        options={(data?.measures ?? []).map(({ measureId, title }) => ({ id: measureId, label: title }))}
        onChange={(measure) => update({ measure, group: null })}
      />
      {filter.group && (
        <button type="button" className="button filter-tag" onClick={() => update({ group: null })}>
          {filter.group.replaceAll('-', ' ')} <Icon name="cross" />
          <span className="visually-hidden">show every rate of the measure</span>
        </button>
      )}
      <SelectFilter
        label="Computed status"
        everything="Open gaps"
        value={filter.status === 'open-gap' ? '' : filter.status}
        options={STATUSES.filter((status) => status !== 'open-gap').map((status) => ({
          id: status,
          label: capitalized(gapStatusText(status)),
        }))}
        onChange={(status) => update({ status })}
      />
      <SelectFilter
        label="Reason"
        everything="Any reason"
        value={filter.reason ?? ''}
        options={reasonOptions()}
        onChange={(reason) => update({ reason })}
      />
      <WorkFilters filter={filter} />
      <PanelFilters />
    </div>
  );
}

/** Two reasons can share their words ("no data"); the code tells them apart. */
function reasonOptions(): { id: string; label: string }[] {
  return OPEN_REASONS.map((reason) => ({
    id: reason,
    label: `${capitalized(gapReasonText(reason))} (${reason})`,
  }));
}
