import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router-dom';
import type { SourceSummary } from '../../../apps/api/src/clinical/contract';
import { Drawer } from '../design/Drawer';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { useMay } from '../session/abilities';
import { ConnectionTest } from './ConnectionTest';
import { FileUpload } from './FileUpload';
import { MappingPanel } from './MappingPanel';
import { PasswordPanel } from './PasswordPanel';
import { placeText } from './run-text';
import { useSource } from './queries';
import { RemoveSource } from './RemoveSource';
import { SourceFacts } from './SourceFacts';
import { SourceForm } from './SourceForm';
import { SourceKeyPanel } from './SourceKeyPanel';
import { SourceRuns } from './SourceRuns';
import { StartPull } from './StartPull';
import './sources.css';

/** One source: how it is set up, whether it can be reached, and every time that it was pulled. */
export default function SourcePage() {
  const { sourceId = '' } = useParams();
  const source = useSource(sourceId);
  return (
    <QueryView query={source} loading={<TableSkeleton label="Loading the source" rows={6} />}>
      {(data) => <Source source={data} />}
    </QueryView>
  );
}

function Source({ source }: { source: SourceSummary }) {
  const mayChange = useMay('change:Source');
  const mayStart = useMay('start:Source');
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        breadcrumb={<Link to="/sources">Sources</Link>}
        title={source.name}
        documentTitle={`Source ${source.name}`}
        subtitle={placeText(source)}
        end={
          <div className="page-actions">
            {mayChange && <EditSource source={source} />}
            {mayStart && <StartPull source={source} />}
          </div>
        }
      />
      <div className="stack">
        <SourceFacts source={source} />
        {mayStart && <ConnectionTest source={source} />}
        {mayChange && source.csv && <MappingPanel source={source} />}
        {mayStart && source.dropFolder && <FileUpload source={source} />}
        {mayChange && source.sql && <PasswordPanel source={source} />}
        {mayChange && source.bulk?.clientId && <SourceKeyPanel source={source} />}
        <SourceRuns source={source} />
        {mayChange && <RemoveSource source={source} onRemoved={() => void navigate('/sources')} />}
      </div>
    </>
  );
}

function EditSource({ source }: { source: SourceSummary }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Change
      </button>
      {open && (
        <Drawer
          label={`Change ${source.name}`}
          title={<strong>Change {source.name}</strong>}
          onClose={() => setOpen(false)}
        >
          <SourceForm source={source} onSaved={() => setOpen(false)} />
        </Drawer>
      )}
    </>
  );
}
