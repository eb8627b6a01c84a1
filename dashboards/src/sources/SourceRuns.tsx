import { Link } from 'react-router-dom';
import type { SourceRun, SourceSummary } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { countText, DASH, durationText, instantText } from '../design/format';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { useSourceRuns } from './queries';
import { RunState } from './RunState';
import { loadedTotal, startedByText } from './run-text';

/** The hundred newest runs of a source. */
export function SourceRuns({ source }: { source: SourceSummary }) {
  const runs = useSourceRuns(source.sourceId);
  return (
    <section className="source-runs" aria-label="Runs">
      <QueryView query={runs} loading={<TableSkeleton label="Loading runs" rows={4} />}>
        {(data) => (
          <div className="panel">
            {data.length === 0 ? (
              <EmptyState title="Not pulled yet">Test the connection, then pull.</EmptyState>
            ) : (
              <RunTable runs={data} />
            )}
          </div>
        )}
      </QueryView>
    </section>
  );
}

function RunTable({ runs }: { runs: SourceRun[] }) {
  return (
    <div className="table-scroll" role="region" aria-label="Runs of this source" tabIndex={0}>
      <table>
        <caption className="visually-hidden">Runs of this source, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Begun</th>
            <th scope="col">State</th>
            <th scope="col">Asked for</th>
            <th scope="col" className="cell-number">
              New or changed
            </th>
            <th scope="col" className="cell-number">
              Deleted
            </th>
            <th scope="col" className="cell-number">
              Duration
            </th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.runId}>
              <th scope="row" className="cell-date">
                <Link to={`/sources/${run.sourceId}/runs/${run.runId}`}>
                  {instantText(run.startedAt ?? run.queuedAt)}
                </Link>
              </th>
              <td>
                <RunState run={run} />
              </td>
              <td className="cell-date">{askedFor(run)}</td>
              <td className="cell-number">{countText(loadedTotal(run))}</td>
              <td className="cell-number">{countText(run.counts?.deleted)}</td>
              <td className="cell-number">{durationOf(run)}</td>
              <td>{startedByText(run)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function askedFor({ since, attempts }: SourceRun): string {
  if (attempts === 0) return DASH;
  return since === null ? 'everything' : `since ${since}`;
}

function durationOf({ startedAt, endedAt }: SourceRun): string {
  if (!startedAt || !endedAt) return DASH;
  return durationText(Date.parse(endedAt) - Date.parse(startedAt));
}
