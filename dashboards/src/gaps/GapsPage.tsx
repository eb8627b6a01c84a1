import { useSearchParams } from 'react-router-dom';
import type { RowData } from '@tanstack/react-table';
import type { GapItem, Page, SeenGap } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { countText } from '../design/format';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { useSearchUpdate } from '../filters/panel-filter';
import { DataTable, type ListColumn } from '../lists/DataTable';
import { useListPosition, type ListPosition } from '../lists/list-state';
import { Pager } from '../lists/Pager';
import { BulkAssign } from './BulkAssign';
import { GAP_COLUMNS, GAP_SORT_KEYS, PATIENT_COLUMNS } from './columns';
import { GapActions } from './GapActions';
import { GapFilters } from './GapFilters';
import { NO_FILTER, readGapFilter, type GapFilter } from './gap-filter';
import { useGapsByGap, useGapsByPatient } from './queries';
import './gaps.css';

/** The worklist: who to call now, and why. */
export default function GapsPage() {
  const [search] = useSearchParams();
  const filter = readGapFilter(search);
  const position = useListPosition();
  const byPatient = useGapsByPatient(filter, position, filter.by === 'patient');
  const byGap = useGapsByGap(filter, position, filter.by === 'gap');
  const total = (filter.by === 'gap' ? byGap.data : byPatient.data)?.total;

  return (
    <>
      <PageHeader
        title={
          <>
            Care gaps{' '}
            {total !== undefined && (
              <span className="list-total" data-testid="list-total">
                {countText(total)}
                <span className="small"> {filter.by === 'gap' ? 'gaps' : 'patients'}</span>
              </span>
            )}
          </>
        }
        documentTitle="Care gaps"
        end={<GapActions filter={filter} q={position.q} />}
        subtitle="Computed from the record: a gap closes by itself when evidence arrives. Work status is what people do about it."
      />
      <GapFilters filter={filter} position={position} />
      {filter.by === 'gap' ? (
        <QueryView
          query={byGap}
          loading={<TableSkeleton label="Loading care gaps" />}
          onRestart={position.restart}
        >
          {(page) => (
            <GapTable
              page={page}
              columns={GAP_COLUMNS}
              rowId={(row) => `${row.patientId} ${row.gap.measureId} ${row.gap.groupId}`}
              gapsOf={(row) => [seenGap(row.patientId, row.gap)]}
              filter={filter}
              position={position}
            />
          )}
        </QueryView>
      ) : (
        <QueryView
          query={byPatient}
          loading={<TableSkeleton label="Loading care gaps" />}
          onRestart={position.restart}
        >
          {(page) => (
            <GapTable
              page={page}
              columns={PATIENT_COLUMNS}
              rowId={(row) => row.patientId}
              gapsOf={(row) => row.gaps.map((gap) => seenGap(row.patientId, gap))}
              filter={filter}
              position={position}
            />
          )}
        </QueryView>
      )}
    </>
  );
}

interface GapTableProps<T extends RowData> {
  page: Page<T>;
  columns: ListColumn<T>[];
  rowId: (row: T) => string;
  gapsOf: (row: T) => SeenGap[];
  filter: GapFilter;
  position: ListPosition;
}

function GapTable<T extends RowData>({ page, columns, rowId, gapsOf, filter, position }: GapTableProps<T>) {
  const update = useSearchUpdate();
  if (page.rows.length === 0) {
    return (
      <div className="panel">
        <EmptyState
          title="No gap matches"
          action={
            <button type="button" className="button" onClick={() => update(NO_FILTER)}>
              Clear the filters
            </button>
          }
        >
          {position.q
            ? 'No name or MRN matches the search under these filters.'
            : 'Nothing is to be done under these filters.'}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="panel">
      <BulkAssign
        key={JSON.stringify([filter, position.q, position.cursor])}
        gaps={page.rows.flatMap((row) => gapsOf(row))}
      >
        <DataTable
          caption="Care gaps"
          columns={columns}
          rows={page.rows}
          rowId={rowId}
          sortKeys={GAP_SORT_KEYS}
          sort={filter.sort}
          onSort={(sort) => update({ sort: sort === 'priority' ? null : sort })}
        />
      </BulkAssign>
      <Pager position={position} total={page.total} rows={page.rows.length} nextCursor={page.nextCursor} />
    </div>
  );
}

function seenGap(patientId: string, { measureId, groupId, work }: GapItem): SeenGap {
  return { patientId, measureId, groupId, version: work?.version ?? 0 };
}
