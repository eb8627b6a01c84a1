import { Link, useParams, useSearchParams } from 'react-router-dom';
import type { MeasurePage as MeasurePageData } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { PageHeader, Provenance } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { PanelSkeleton, Skeleton } from '../design/Skeleton';
import { PanelFilters } from '../filters/PanelFilters';
import { pathWith, usePanelFilter } from '../filters/panel-filter';
import { notationText } from '../measurement/improvement';
import { DataQualityNote } from '../quality/DataQualityNote';
import { AboutMeasure } from './AboutMeasure';
import { GroupSwitch } from './GroupSwitch';
import { MeasureGroup } from './MeasureGroup';
import { NotEvaluatedNote } from './NotEvaluatedNote';
import { useMeasurePage } from './queries';
import { ValueSets } from './ValueSets';
import './measure.css';

/** One measure: from the initial population to the numerator, by provider, by stratum, over time. */
export default function MeasurePage() {
  const { measureId = '' } = useParams();
  const filter = usePanelFilter();
  const page = useMeasurePage(measureId, filter);
  return (
    <QueryView query={page} loading={<MeasureLoading />}>
      {(data) => <LoadedMeasure data={data} />}
    </QueryView>
  );
}

function LoadedMeasure({ data }: { data: MeasurePageData }) {
  const { measure, groups, filter } = data;
  const [search] = useSearchParams();
  const group = groups.find(({ groupId }) => groupId === search.get('group')) ?? groups[0];
  return (
    <>
      <PageHeader
        documentTitle={measure.title}
        breadcrumb={<Link to={pathWith('/scorecard', filter)}>Scorecard</Link>}
        title={measure.title}
        subtitle={
          <span className="measure-tags">
            <span className="quiet small">{measure.measureId}</span>
            <Chip square>v{measure.version}</Chip>
            <Chip tone="outline">{measure.scoring}</Chip>
            <Chip tone="outline">
              {notationText(group?.improvementNotation ?? measure.improvementNotation)}
            </Chip>
            <Chip tone="outline">{measure.origin} measure</Chip>
          </span>
        }
        end={<Provenance publication={data.publication} />}
      />
      <div className="filter-bar" role="group" aria-label="Filter the measure">
        <PanelFilters />
        <GroupSwitch groups={groups} current={group?.groupId ?? null} />
      </div>
      <div className="stack">
        <DataQualityNote measureId={measure.measureId} quality={data.dataQuality} />
        <NotEvaluatedNote page={data} />
        {group && <MeasureGroup measure={measure} group={group} filter={filter} />}
        <div className="columns-2">
          <AboutMeasure measure={measure} />
          <ValueSets valueSets={data.valueSets} />
        </div>
      </div>
    </>
  );
}

function MeasureLoading() {
  return (
    <div className="stack" role="status" aria-label="Loading the measure">
      <Skeleton width="380px" height="26px" />
      <div className="columns-2">
        <PanelSkeleton label="Loading populations" />
        <PanelSkeleton label="Loading trend" />
      </div>
      <PanelSkeleton label="Loading providers" />
    </div>
  );
}
