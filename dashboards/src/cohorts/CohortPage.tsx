import { Link, useParams } from 'react-router-dom';
import type { CohortPage as CohortPageData } from '../../../apps/api/src/clinical/contract';
import { countText, percentText } from '../design/format';
import { PageHeader, Provenance } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { PanelSkeleton, Skeleton } from '../design/Skeleton';
import { PanelFilters } from '../filters/PanelFilters';
import { pathWith, usePanelFilter } from '../filters/panel-filter';
import { cohortPath } from '../measurement/links';
import { useMay } from '../session/abilities';
import { CohortMembers } from './CohortMembers';
import { PrevalenceChart } from './PrevalenceChart';
import { useCohort } from './queries';
import { ShareList } from './ShareList';
import './cohorts.css';

/** One condition: prevalence overall, by site and age, what occurs with it, and its members. */
export default function CohortPage() {
  const { cohortId = '' } = useParams();
  const filter = usePanelFilter();
  const page = useCohort(cohortId, filter);
  const mayList = useMay('read:Patient');
  return (
    <>
      <QueryView query={page} loading={<CohortLoading />}>
        {(data) => <LoadedCohort data={data} />}
      </QueryView>
      {page.data && mayList && (
        <CohortMembers cohortId={cohortId} title={page.data.cohort.title} filter={filter} />
      )}
    </>
  );
}

function LoadedCohort({ data }: { data: CohortPageData }) {
  const { cohort, filter } = data;
  const mayList = useMay('read:Patient');
  return (
    <>
      <PageHeader
        documentTitle={cohort.title}
        breadcrumb={<Link to={pathWith('/cohorts', filter)}>Cohorts</Link>}
        title={cohort.title}
        subtitle={
          <>
            {cohort.description}
            <span className="cell-second">{cohort.source}</span>
          </>
        }
        end={<Provenance publication={data.publication} patients={data.patients} />}
      />
      <div className="filter-bar" role="group" aria-label="Filter the cohort">
        <PanelFilters />
      </div>
      <dl className="summary-strip">
        <div>
          <dt>Members</dt>
          <dd>
            {mayList ? (
              <a className="figure-link" href="#members">
                {countText(cohort.members)}
              </a>
            ) : (
              countText(cohort.members)
            )}
          </dd>
        </div>
        <div>
          <dt>Prevalence</dt>
          <dd>
            {percentText(cohort.prevalence)}{' '}
            <span className="of">of {countText(data.patients)} patients</span>
          </dd>
        </div>
      </dl>
      <div className="cohort-panels">
        <PrevalenceChart bands={data.byAge} />
        <ShareList
          title="By site"
          note="prevalence"
          rows={data.bySite.map((site) => ({
            key: site.siteId ?? 'none',
            label: site.siteName,
            path: site.siteId && cohortPath(cohort.cohortId, { ...filter, site: site.siteId }),
            listed: mayList,
            count: site.members,
            share: site.prevalence,
          }))}
        />
        <ShareList
          title="Occurs with"
          note="share of the members"
          rows={data.coOccurrence.map((other) => ({
            key: other.cohortId,
            label: other.title,
            path: cohortPath(other.cohortId, filter),
            // People of both cohorts are not the list that the path opens.
            listed: false,
            count: other.members,
            share: other.share,
          }))}
        />
      </div>
    </>
  );
}

function CohortLoading() {
  return (
    <div className="stack" role="status" aria-label="Loading the cohort">
      <Skeleton width="260px" height="26px" />
      <div className="cohort-panels">
        <PanelSkeleton label="Loading ages" height="200px" />
        <PanelSkeleton label="Loading sites" height="200px" />
        <PanelSkeleton label="Loading co-occurrence" height="200px" />
      </div>
    </div>
  );
}
