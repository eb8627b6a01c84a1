import { useSearchParams } from 'react-router-dom';
import type { CohortMemberRow, EvidenceResource, PanelFilter } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { countText, dateText } from '../design/format';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { useSearchUpdate } from '../filters/panel-filter';
import { DataTable, type ListColumn } from '../lists/DataTable';
import { useListPosition } from '../lists/list-state';
import { Pager } from '../lists/Pager';
import { OpenGapsLink, panelColumn, visitsColumn, whoColumn } from '../lists/patient-columns';
import { PATIENT_SORT_KEYS, readPatientSort } from '../lists/patient-sort';
import { SearchBox } from '../lists/SearchBox';
import { useCohortMembers } from './queries';

interface CohortMembersProps {
  cohortId: string;
  title: string;
  filter: PanelFilter;
}

/** Everybody in the cohort, with the first and the latest evidence. */
export function CohortMembers({ cohortId, title, filter }: CohortMembersProps) {
  const [search] = useSearchParams();
  const update = useSearchUpdate();
  const position = useListPosition();
  const sort = readPatientSort(search.get('sort'));
  const members = useCohortMembers({ cohortId, filter, q: position.q, sort, cursor: position.cursor });
  return (
    <section id="members" className="cohort-members" aria-labelledby="members-title" tabIndex={-1}>
      <div className="filter-bar">
        <h2 id="members-title">
          Members{' '}
          {members.data && (
            <span className="list-total" data-testid="list-total">
              {countText(members.data.total)}
            </span>
          )}
        </h2>
        <span className="end">
          <SearchBox value={position.q} onSearch={position.search} />
        </span>
      </div>
      <QueryView
        query={members}
        loading={<TableSkeleton label="Loading members" />}
        onRestart={position.restart}
      >
        {(page) => (
          <div className="panel">
            {page.rows.length === 0 ? (
              <EmptyState title="Nobody here">
                {position.q
                  ? 'No name or MRN in this cohort matches the search.'
                  : 'Nobody meets the definition.'}
              </EmptyState>
            ) : (
              <>
                <DataTable
                  caption={`Members of ${title}`}
                  columns={COLUMNS}
                  rows={page.rows}
                  rowId={(row) => row.patientId}
                  sortKeys={PATIENT_SORT_KEYS}
                  sort={sort}
                  onSort={(next) => update({ sort: next })}
                  numeric={['count', 'openGaps']}
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
    </section>
  );
}

const COLUMNS: ListColumn<CohortMemberRow>[] = [
  whoColumn(),
  panelColumn(),
  {
    id: 'first',
    header: 'First evidence',
    cell: ({ row: { original } }) => <Evidence date={original.firstEvidence} resource={original.first} />,
  },
  {
    id: 'latest',
    header: 'Latest evidence',
    cell: ({ row: { original } }) => <Evidence date={original.latestEvidence} resource={original.latest} />,
  },
  {
    id: 'count',
    header: 'Evidence days',
    cell: ({ row: { original } }) => countText(original.evidenceCount),
  },
  visitsColumn(),
  {
    id: 'openGaps',
    header: 'Open gaps',
    cell: ({ row: { original } }) => <OpenGapsLink patient={original} />,
  },
];

function Evidence({ date, resource }: { date: string; resource: EvidenceResource | null }) {
  return (
    <>
      <span className="cell-date">{dateText(date)}</span>
      {resource && (
        <span className="cell-second">
          {resource.display ?? resource.type}
          {resource.code && <code> {resource.code}</code>}
        </span>
      )}
    </>
  );
}
