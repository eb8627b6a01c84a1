import { Link, useParams } from 'react-router-dom';
import type { SourceRun } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { countText, instantText } from '../design/format';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { useMay } from '../session/abilities';
import { Findings } from './Findings';
import { useCancelPull, useSourceRun } from './queries';
import { RunProgress } from './RunProgress';
import { isUnderWay, startedByText, stateText, toneOf } from './run-text';
import './sources.css';

/** One run of a source: how far it is, what it brought, what it found and what to do about it. */
export default function SourceRunPage() {
  const { sourceId = '', runId = '' } = useParams();
  const run = useSourceRun(sourceId, runId);
  return (
    <QueryView query={run} loading={<TableSkeleton label="Loading the run" rows={6} />}>
      {(data) => <Run run={data} />}
    </QueryView>
  );
}

function Run({ run }: { run: SourceRun }) {
  const mayStart = useMay('start:Source');
  return (
    <>
      <PageHeader
        breadcrumb={
          <>
            <Link to="/sources">Sources</Link>
            <Link to={`/sources/${run.sourceId}`}>{run.sourceName}</Link>
          </>
        }
        title={`Pull of ${run.sourceName}`}
        documentTitle={`Pull of ${run.sourceName}`}
        subtitle={`${instantText(run.startedAt ?? run.queuedAt)}, begun by ${startedByText(run)}`}
        end={mayStart && isUnderWay(run) && !run.cancelRequested && <CancelPull run={run} />}
      />
      <div className="stack">
        <section className="panel panel-body run-summary" aria-label="State" aria-live="polite">
          <Chip tone={toneOf(run.state)}>{run.state}</Chip>
          <p>{stateText(run)}</p>
          {run.error && <p className="tone-worse run-error">{run.error}</p>}
          <RunProgress run={run} />
        </section>
        <Findings findings={run.findings} />
        <RunFacts run={run} />
        {run.counts && <LoadedTypes counts={run.counts} />}
      </div>
    </>
  );
}

function CancelPull({ run }: { run: SourceRun }) {
  const cancel = useCancelPull(run.sourceId, run.runId);
  return (
    <div className="page-actions">
      <button
        type="button"
        className="button"
        disabled={cancel.isPending}
        onClick={() => cancel.mutate(undefined)}
      >
        Cancel the run
      </button>
      {cancel.isError && (
        <p className="inline-problem" role="alert">
          {cancel.error.message}
        </p>
      )}
    </div>
  );
}

function RunFacts({ run }: { run: SourceRun }) {
  const { since, attempts, transactionTime, counts, evaluationRunId, endedAt } = run;
  const facts: [string, string | null][] = [
    ['Asked for', attempts === 0 ? null : since === null ? 'everything' : `changes since ${since}`],
    ['Data as of', transactionTime],
    ['Ended', endedAt && instantText(endedAt)],
    ['Attempts', attempts > 1 ? String(attempts) : null],
    ['Files', counts && countText(counts.files)],
    ['Unchanged', counts && countText(counts.unchanged)],
    ['Older than what is here', counts && countText(counts.outdated)],
    ['Deleted', counts && countText(counts.deleted)],
    ['Quarantined', counts && countText(counts.quarantined)],
    ['Evaluation run', evaluationRunId],
  ];
  return (
    <section className="panel" aria-label="Facts">
      <dl className="source-facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="number">
                {name === 'Evaluation run' ? <Link to="/runs">{value}</Link> : value}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function LoadedTypes({ counts }: { counts: NonNullable<SourceRun['counts']> }) {
  if (counts.loaded.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="loaded-types">
      <div className="panel-header">
        <h2 id="loaded-types">New or changed resources</h2>
      </div>
      <div className="table-scroll" role="region" aria-label="New or changed resources by type" tabIndex={0}>
        <table className="loaded-types">
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col" className="cell-number">
                Resources
              </th>
            </tr>
          </thead>
          <tbody>
            {counts.loaded.map(({ type, count }) => (
              <tr key={type}>
                <th scope="row">{type}</th>
                <td className="cell-number">{countText(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
