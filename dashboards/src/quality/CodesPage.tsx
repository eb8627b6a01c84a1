import { Link } from 'react-router-dom';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { CheckedView } from './CheckedView';
import { MappingsWaiting } from './MappingsWaiting';
import { QualityTabs } from './QualityTabs';
import { useMappings, useUnmappedCodes } from './queries';
import { UnmappedCodes } from './UnmappedCodes';
import './quality.css';

/** Codes that measures look for and no value set knows: somebody says what they mean. */
export default function CodesPage() {
  const codes = useUnmappedCodes();
  const mappings = useMappings();
  return (
    <>
      <PageHeader
        title="Codes to map"
        documentTitle="Codes to map"
        breadcrumb={<Link to="/quality">Data quality</Link>}
        subtitle="Codes that no value set knows, of types that measures look for. A mapping says which code one means: it counts from the next evaluation on, and can be withdrawn."
      />
      <QualityTabs />
      <CheckedView query={codes} loading={<TableSkeleton label="Loading codes" rows={8} />}>
        {(data) => (
          <QueryView query={mappings} loading={<TableSkeleton label="Loading mappings" rows={8} />}>
            {(made) => (
              <>
                <MappingsWaiting mappings={made} />
                <UnmappedCodes codes={data} mappings={made} />
              </>
            )}
          </QueryView>
        )}
      </CheckedView>
    </>
  );
}
