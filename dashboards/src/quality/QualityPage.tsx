import { PageHeader, Provenance } from '../design/PageHeader';
import { PanelSkeleton, TableSkeleton } from '../design/Skeleton';
import { CheckedView } from './CheckedView';
import { FindingsPanel } from './FindingsPanel';
import { MeasureGrades } from './MeasureGrades';
import { QualityTabs } from './QualityTabs';
import { useQuality } from './queries';
import { SetAside } from './SetAside';
import { SourceGrades } from './SourceGrades';
import './quality.css';

/** Can the published numbers be trusted: grades with their reasons, and what is wrong with the data. */
export default function QualityPage() {
  const quality = useQuality();
  return (
    <>
      <PageHeader
        title="Data quality"
        documentTitle="Data quality"
        subtitle="How much of what the numbers rest on is there and usable, over all patients. A: at least 98 %, B: 95 %, C: 90 %, D: 80 %, F: less, or nothing to judge."
        end={quality.data && <Provenance publication={quality.data.publication} />}
      />
      <QualityTabs />
      <CheckedView
        query={quality}
        loading={
          <div className="stack">
            <PanelSkeleton label="Loading grades" height="120px" />
            <TableSkeleton label="Loading findings" rows={6} />
          </div>
        }
      >
        {({ sources, measures, findings }) => {
          const aside = findings.filter((finding) => finding.class === 'structure');
          return (
            <div className="stack">
              <SourceGrades sources={sources} findings={findings} />
              <MeasureGrades measures={measures} />
              <FindingsPanel findings={findings.filter((finding) => finding.class !== 'structure')} />
              <SetAside findings={aside} />
            </div>
          );
        }}
      </CheckedView>
    </>
  );
}
