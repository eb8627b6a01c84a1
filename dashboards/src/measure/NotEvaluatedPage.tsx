import { Link, useParams, useSearchParams } from 'react-router-dom';
import type { NotEvaluatedRow } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { capitalized, countText, DASH } from '../design/format';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { PanelFilters } from '../filters/PanelFilters';
import { pathWith, usePanelFilter, useSearchUpdate } from '../filters/panel-filter';
import { useFilterOptions } from '../filters/queries';
import { DataTable, type ListColumn } from '../lists/DataTable';
import { useListPosition } from '../lists/list-state';
import { Pager } from '../lists/Pager';
import { panelColumn, visitsColumn, whoColumn } from '../lists/patient-columns';
import { PATIENT_SORT_KEYS, readPatientSort } from '../lists/patient-sort';
import { SearchBox } from '../lists/SearchBox';
import { measurePath } from '../measurement/links';
import { useNotEvaluated } from './queries';

const COLUMNS: ListColumn<NotEvaluatedRow>[] = [
  whoColumn(),
  {
    id: 'reason',
    header: 'Why',
    cell: ({ row: { original } }) => capitalized(original.reason),
  },
  {
    id: 'place',
    header: 'Where in the logic',
    cell: ({ row: { original } }) =>
      original.define === null ? (
        <span className="quiet">{DASH}</span>
      ) : (
        <>
          {original.define}
          <span className="cell-second">
            {[original.library, original.locator].filter(Boolean).join(', ')}
          </span>
        </>
      ),
  },
  panelColumn(),
  visitsColumn(),
];

/** The patients for whom a measure could not be evaluated, and at which define it failed. */
export default function NotEvaluatedPage() {
  const { measureId = '' } = useParams();
  const [search] = useSearchParams();
  const filter = usePanelFilter();
  const update = useSearchUpdate();
  const position = useListPosition();
  const sort = readPatientSort(search.get('sort'));
  const list = useNotEvaluated({ measureId, filter, q: position.q, sort, cursor: position.cursor });
  const { data: options } = useFilterOptions();
  const title = options?.measures.find((measure) => measure.measureId === measureId)?.title ?? measureId;
  return (
    <>
      <PageHeader
        documentTitle={`Not evaluated, ${title}`}
        breadcrumb={
          <>
            <Link to={pathWith('/scorecard', filter)}>Scorecard</Link>
            <Link to={measurePath(measureId, filter)}>{title}</Link>
          </>
        }
        title={
          <>
            Not evaluated{' '}
            {list.data && (
              <span className="list-total" data-testid="list-total">
                {countText(list.data.total)}
              </span>
            )}
          </>
        }
        subtitle="They are in no population and have no gap of this measure, which is neither zero nor “no gap”."
      />
      <div className="filter-bar" role="group" aria-label="Filter the list">
        <SearchBox value={position.q} onSearch={position.search} />
        <PanelFilters />
      </div>
      <QueryView
        query={list}
        loading={<TableSkeleton label="Loading the list" />}
        onRestart={position.restart}
      >
        {(page) => (
          <div className="panel">
            {page.rows.length === 0 ? (
              <EmptyState title="Nobody here">
                {position.q
                  ? 'No name or MRN in this list matches the search.'
                  : 'The measure was evaluated for every patient under this filter.'}
              </EmptyState>
            ) : (
              <>
                <DataTable
                  caption={`Not evaluated, ${title}`}
                  columns={COLUMNS}
                  rows={page.rows}
                  rowId={({ patientId }) => patientId}
                  sortKeys={PATIENT_SORT_KEYS}
                  sort={sort}
                  onSort={(next) => update({ sort: next })}
                />
                <Pager
                  position={position}
                  total={page.total}
                  rows={page.rows.length}
                  nextCursor={page.nextCursor}
                />
              </>
            )}
          </div>
        )}
      </QueryView>
    </>
  );
}
