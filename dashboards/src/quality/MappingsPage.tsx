import { Link } from 'react-router-dom';
import { PageHeader } from '../design/PageHeader';
import { TableSkeleton } from '../design/Skeleton';
import { CheckedView } from './CheckedView';
import { MappingsWaiting } from './MappingsWaiting';
import { MappingTrail } from './MappingTrail';
import { QualityTabs } from './QualityTabs';
import { useMappings } from './queries';
import './quality.css';

/** What people say that codes mean, with who, when and why. */
export default function MappingsPage() {
  const mappings = useMappings();
  return (
    <>
      <PageHeader
        title="Mappings"
        documentTitle="Mappings"
        breadcrumb={<Link to="/quality">Data quality</Link>}
        subtitle="What people say that codes mean. Withdrawn, a mapping counts no more from the next evaluation on, and everything is as it was before it."
      />
      <QualityTabs />
      <CheckedView query={mappings} loading={<TableSkeleton label="Loading mappings" rows={6} />}>
        {(made) => (
          <>
            <MappingsWaiting mappings={made} />
            <MappingTrail mappings={made} />
          </>
        )}
      </CheckedView>
    </>
  );
}
