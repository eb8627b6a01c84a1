import { EmptyState } from '../design/EmptyState';
import { PageHeader, Provenance } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { PanelFilters } from '../filters/PanelFilters';
import { usePanelFilter } from '../filters/panel-filter';
import { useScorecard } from './queries';
import { ScorecardSummary } from './ScorecardSummary';
import { ScorecardTable } from './ScorecardTable';
import './scorecard.css';

/** How are we doing, where is it slipping: one row per measure, every number a link to its list. */
export function ScorecardPage() {
  const filter = usePanelFilter();
  const scorecard = useScorecard(filter);
  return (
    <>
      <PageHeader
        title="Scorecard"
        documentTitle="Scorecard"
        end={
          scorecard.data && (
            <Provenance publication={scorecard.data.publication} patients={scorecard.data.patients} />
          )
        }
      />
      <div className="filter-bar" role="group" aria-label="Filter the scorecard">
        <PanelFilters />
      </div>
      <QueryView query={scorecard} loading={<TableSkeleton label="Loading the scorecard" />}>
        {(data) =>
          data.rows.length === 0 ? (
            <div className="panel">
              <EmptyState title="No measure was evaluated">
                Import a measure and evaluate it; its row appears when the run is published.
              </EmptyState>
            </div>
          ) : (
            <>
              <ScorecardSummary scorecard={data} />
              <ScorecardTable rows={data.rows} filter={filter} />
            </>
          )
        }
      </QueryView>
    </>
  );
}
