import { useMemo, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import type { ListedPopulation, PopulationListRow } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { capitalized, countText } from '../design/format';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { ExplanationDrawer } from '../explanation/ExplanationDrawer';
import { PanelFilters } from '../filters/PanelFilters';
import { pathWith, usePanelFilter, useSearchUpdate } from '../filters/panel-filter';
import { useFilterOptions } from '../filters/queries';
import { DataTable } from '../lists/DataTable';
import { useListPosition } from '../lists/list-state';
import { Pager } from '../lists/Pager';
import { PATIENT_SORT_KEYS, readPatientSort } from '../lists/patient-sort';
import { SearchBox } from '../lists/SearchBox';
import { measurePath } from '../measurement/links';
import { useMay } from '../session/abilities';
import { populationText, readPopulation } from '../measurement/population';
import { populationColumns } from './columns';
import { populationExportPath, usePopulationList } from './queries';

/** The people behind a number. The title repeats the number; it is the list's own total. */
export default function PopulationListPage() {
  const [search] = useSearchParams();
  const population = readPopulation(search.get('population'));
  if (!population) {
    return (
      <div className="panel">
        <EmptyState title="The address names no population">
          Open the list from a number of the scorecard.
        </EmptyState>
      </div>
    );
  }
  return <PopulationList population={population} />;
}

function PopulationList({ population }: { population: ListedPopulation }) {
  const { measureId = '', groupId = '' } = useParams();
  const [search] = useSearchParams();
  const filter = usePanelFilter();
  const update = useSearchUpdate();
  const position = useListPosition();
  const sort = readPatientSort(search.get('sort'));
  const list = usePopulationList({
    measureId,
    groupId,
    population,
    filter,
    q: position.q,
    sort,
    cursor: position.cursor,
  });
  const mayExport = useMay('export:Patient');
  const { data: options } = useFilterOptions();
  const title = options?.measures.find((measure) => measure.measureId === measureId)?.title ?? measureId;
  const [explained, setExplained] = useState<PopulationListRow | null>(null);
  const columns = useMemo(() => populationColumns(measureId, setExplained), [measureId]);

  return (
    <>
      <PageHeader
        documentTitle={`${capitalized(populationText(population))}, ${title}`}
        breadcrumb={
          <>
            <Link to={pathWith('/scorecard', filter)}>Scorecard</Link>
            <Link to={measurePath(measureId, filter, groupId)}>{title}</Link>
          </>
        }
        title={
          <>
            {capitalized(populationText(population))}{' '}
            {list.data && (
              <span className="list-total" data-testid="list-total">
                {countText(list.data.total)}
              </span>
            )}
          </>
        }
        end={
          mayExport && (
            <a
              className="button"
              href={populationExportPath({ measureId, groupId, population, filter, q: position.q })}
              download
            >
              Export CSV
            </a>
          )
        }
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
                  : 'The number behind this list is zero.'}
              </EmptyState>
            ) : (
              <>
                <DataTable
                  caption={`${capitalized(populationText(population))}, ${title}`}
                  columns={columns}
                  rows={page.rows}
                  rowId={(row) => `${row.patientId} ${row.episodeId ?? ''}`}
                  sortKeys={PATIENT_SORT_KEYS}
                  sort={sort}
                  onSort={(next) => update({ sort: next })}
                  numeric={['openGaps']}
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
      {explained && (
        <ExplanationDrawer
          patientId={explained.patientId}
          patientName={explained.fullName}
          measureId={measureId}
          onClose={() => setExplained(null)}
        />
      )}
    </>
  );
}
