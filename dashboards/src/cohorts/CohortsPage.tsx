import { Link } from 'react-router-dom';
import type { CohortList } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { countText, percentText } from '../design/format';
import { PageHeader, Provenance } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { PanelFilters } from '../filters/PanelFilters';
import { usePanelFilter } from '../filters/panel-filter';
import { cohortPath } from '../measurement/links';
import { useMay } from '../session/abilities';
import { useCohorts } from './queries';
import './cohorts.css';

/** Chronic conditions in the panel: how many people, which share. */
export default function CohortsPage() {
  const filter = usePanelFilter();
  const cohorts = useCohorts(filter);
  return (
    <>
      <PageHeader
        title="Cohorts"
        documentTitle="Cohorts"
        subtitle="People who meet a definition at the end of the measurement period."
        end={
          cohorts.data && (
            <Provenance publication={cohorts.data.publication} patients={cohorts.data.patients} />
          )
        }
      />
      <div className="filter-bar" role="group" aria-label="Filter the cohorts">
        <PanelFilters />
      </div>
      <QueryView query={cohorts} loading={<TableSkeleton label="Loading cohorts" rows={6} />}>
        {(data) => (
          <div className="panel">
            {data.cohorts.length === 0 ? (
              <EmptyState title="No cohort is defined" />
            ) : (
              <CohortTable list={data} />
            )}
          </div>
        )}
      </QueryView>
    </>
  );
}

function CohortTable({ list }: { list: CohortList }) {
  const mayList = useMay('read:Patient');
  const highest = Math.max(0.01, ...list.cohorts.map(({ prevalence }) => prevalence ?? 0));
  return (
    <div className="table-scroll" role="region" aria-label="Cohorts" tabIndex={0}>
      <table>
        <caption className="visually-hidden">Cohorts with members and prevalence</caption>
        <thead>
          <tr>
            <th scope="col">Cohort</th>
            <th scope="col" className="cell-number">
              Members
            </th>
            <th scope="col">Prevalence</th>
            <th scope="col">Definition</th>
          </tr>
        </thead>
        <tbody>
          {list.cohorts.map((cohort) => (
            <tr key={cohort.cohortId}>
              <th scope="row" className="cell-primary">
                <Link to={cohortPath(cohort.cohortId, list.filter)}>{cohort.title}</Link>
              </th>
              <td className="cell-number">
                {mayList ? (
                  <Link
                    className="figure-link"
                    to={`${cohortPath(cohort.cohortId, list.filter)}#members`}
                    aria-label={`${countText(cohort.members)} members of ${cohort.title}`}
                  >
                    {countText(cohort.members)}
                  </Link>
                ) : (
                  countText(cohort.members)
                )}
              </td>
              <td>
                <span className="prevalence">
                  <span className="number">{percentText(cohort.prevalence)}</span>
                  <span className="prevalence-track" aria-hidden="true">
                    <span
                      className="fill"
                      style={{ width: `${((cohort.prevalence ?? 0) / highest) * 100}%` }}
                    />
                  </span>
                </span>
              </td>
              <td className="cohort-definition">
                {cohort.description}
                <span className="cell-second">{cohort.source}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
