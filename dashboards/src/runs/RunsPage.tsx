import type { Run } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { useRuns } from './queries';
import { useMay } from '../session/abilities';
import { RunRow } from './RunRow';
import { StartRun } from './StartRun';
import './runs.css';

/** Every evaluation run with what went into it; the same inputs give the same content hash. */
export default function RunsPage() {
  const runs = useRuns();
  const mayStart = useMay('start:Run');
  return (
    <>
      <PageHeader
        title="Evaluation runs"
        end={mayStart && <StartRun runs={runs.data ?? []} />}
        documentTitle="Evaluation runs"
        subtitle="A run records every version that went into it. The same inputs give the same content hash; a run that fails or looks suspicious publishes nothing."
      />
      <QueryView query={runs} loading={<TableSkeleton label="Loading runs" rows={6} />}>
        {(data) => (
          <div className="panel">
            {data.length === 0 ? <EmptyState title="No run yet" /> : <RunTable runs={data} />}
          </div>
        )}
      </QueryView>
    </>
  );
}

function RunTable({ runs }: { runs: Run[] }) {
  return (
    <div className="table-scroll sticky-first" role="region" aria-label="Evaluation runs" tabIndex={0}>
      <table>
        <caption className="visually-hidden">Evaluation runs, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">State</th>
            <th scope="col">Measurement period</th>
            <th scope="col">Data as of</th>
            <th scope="col" className="cell-number">
              Patients
            </th>
            <th scope="col">Measures</th>
            <th scope="col">Who and why</th>
            <th scope="col" className="cell-number">
              Duration
            </th>
            <th scope="col">Content hash</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.runId} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
