import { useEffect } from 'react';
import { Brand } from '../design/Brand';
import { Icon, type IconName } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import type { Progress, ProgressStep } from './progress';
import { useStartupProgress } from './queries';
import './startup.css';

/** What stands there until the first numbers are published: each step of the preparation, as it goes. */
export function StartupPage() {
  const { data, isError } = useStartupProgress();
  useEffect(() => {
    document.title = 'Starting · Catchment';
  }, []);
  return (
    <main className="center-screen startup">
      <div className="panel center-card">
        <div className="brand">
          <Brand />
        </div>
        <h1>{data?.state === 'failed' ? 'Preparation failed' : 'Preparing the first numbers'}</h1>
        <p className="quiet">
          {data?.state === 'failed'
            ? 'Nothing was published. The terminal that started Catchment has the details.'
            : 'This screen opens the scorecard by itself when they are published.'}
        </p>
        {data?.error && (
          <p className="startup-error" role="alert">
            {data.error}
          </p>
        )}
        {data ? <Steps progress={data} /> : <Skeleton height="96px" />}
        {isError && <p className="quiet small">Waiting for the service to answer…</p>}
      </div>
    </main>
  );
}

function Steps({ progress }: { progress: Progress }) {
  if (progress.steps.length === 0) return <p className="quiet startup-steps">Starting…</p>;
  return (
    <ol className="startup-steps" aria-live="polite">
      {progress.steps.map((step) => (
        <li key={step.name} data-state={step.state}>
          <span className="mark">
            <Icon name={markOf(step)} />
          </span>
          <span>
            {step.title}
            <span className="visually-hidden"> ({step.state})</span>
            {step.state === 'running' && (
              <progress max={100} value={step.percent} aria-label={step.title}>
                {step.percent} %
              </progress>
            )}
            {step.detail && <span className="cell-second">{step.detail}</span>}
          </span>
          <span className="number small quiet">
            {step.state === 'running' && `${Math.round(step.percent)} %`}
          </span>
        </li>
      ))}
    </ol>
  );
}

function markOf(step: ProgressStep): IconName {
  switch (step.state) {
    case 'waiting':
      return 'circle';
    case 'running':
      return 'half';
    case 'done':
      return 'check';
    case 'failed':
      return 'alert';
  }
}
