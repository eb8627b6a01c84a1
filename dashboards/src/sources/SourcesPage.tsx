import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import type { SourceSummary } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { Drawer } from '../design/Drawer';
import { EmptyState } from '../design/EmptyState';
import { DASH, instantText } from '../design/format';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { scheduleText, zonedText } from '../reports/schedule';
import { useMay } from '../session/abilities';
import { useSources } from './queries';
import { placeText } from './run-text';
import { RunState } from './RunState';
import { SourceForm } from './SourceForm';
import './sources.css';

/** Where clinical data come from, whether it works, and when it comes next. */
export default function SourcesPage() {
  const sources = useSources();
  return (
    <>
      <PageHeader
        title="Sources"
        documentTitle="Sources"
        subtitle="Servers that are asked for bulk exports, databases, and folders that files are laid into. A pull that brings everything and changes something asks for an evaluation run."
        end={<AddSource />}
      />
      <QueryView query={sources} loading={<TableSkeleton label="Loading sources" rows={4} />}>
        {(data) => (
          <div className="panel">
            {data.length === 0 ? (
              <EmptyState title="No source yet">
                Add the FHIR server of an EHR, a database, or a folder for FHIR files or CSV extracts. Files
                can also be loaded with the command line.
              </EmptyState>
            ) : (
              <SourceTable sources={data} />
            )}
          </div>
        )}
      </QueryView>
    </>
  );
}

function AddSource() {
  const mayChange = useMay('change:Source');
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  if (!mayChange) return null;
  return (
    <>
      <button type="button" className="button button-primary" onClick={() => setOpen(true)}>
        Add a source
      </button>
      {open && (
        <Drawer label="Add a source" title={<strong>Add a source</strong>} onClose={() => setOpen(false)}>
          <SourceForm onSaved={({ sourceId }) => void navigate(`/sources/${sourceId}`)} />
        </Drawer>
      )}
    </>
  );
}

function SourceTable({ sources }: { sources: SourceSummary[] }) {
  return (
    <div className="table-scroll sticky-first" role="region" aria-label="Sources" tabIndex={0}>
      <table>
        <caption className="visually-hidden">Sources by name</caption>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Last run</th>
            <th scope="col">State</th>
            <th scope="col">Next run</th>
            <th scope="col">Changes since</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <SourceRow key={source.sourceId} source={source} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SourceRow({ source }: { source: SourceSummary }) {
  const { sourceId, name, dropFolder, enabled, cron, timeZone, nextRun, watermark, lastRun } = source;
  return (
    <tr>
      <th scope="row" className="cell-primary source-name">
        <Link to={`/sources/${sourceId}`}>{name}</Link>
        {!enabled && <Chip tone="unknown">switched off</Chip>}
        <span className="cell-second source-place">{placeText(source)}</span>
      </th>
      <td className="cell-date">
        {lastRun ? (
          <Link to={`/sources/${sourceId}/runs/${lastRun.runId}`}>
            {instantText(lastRun.startedAt ?? lastRun.queuedAt)}
          </Link>
        ) : (
          'never'
        )}
      </td>
      <td>{lastRun ? <RunState run={lastRun} /> : <span className="quiet">{DASH}</span>}</td>
      <td className="cell-date">
        {nextRun && timeZone
          ? zonedText(nextRun, timeZone)
          : dropFolder && enabled
            ? 'when files arrive'
            : 'on demand'}
        {cron && <span className="cell-second">{`${scheduleText(cron)} ${timeZone}`}</span>}
      </td>
      <td className="cell-date">{dropFolder ? DASH : (watermark ?? 'everything')}</td>
    </tr>
  );
}
