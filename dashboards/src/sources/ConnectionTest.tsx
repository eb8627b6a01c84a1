import type { SourceSummary, SourceTestStep } from '../../../apps/api/src/clinical/contract';
import { Icon } from '../design/Icon';
import { useTestSource } from './queries';

const NAMES: Record<SourceTestStep['name'], string> = {
  token: 'Token',
  capabilities: 'Capability statement',
  folder: 'Folder',
  mapping: 'Mapping',
  database: 'Database',
  statement: 'What is read',
};

/** Tries what a pull needs, without asking for data. */
export function ConnectionTest({ source }: { source: SourceSummary }) {
  const test = useTestSource(source.sourceId);
  return (
    <section className="panel" aria-labelledby="connection-test">
      <div className="panel-header source-panel-header">
        <h2 id="connection-test">Connection</h2>
        <button type="button" className="button" disabled={test.isPending} onClick={() => test.mutate()}>
          {test.isPending ? 'Trying…' : 'Test'}
        </button>
      </div>
      <div className="panel-body" aria-live="polite">
        {test.isError && (
          <p className="inline-problem form-problem" role="alert">
            {test.error.message}
          </p>
        )}
        {test.data ? (
          <ul className="test-steps">
            {test.data.map(({ name, ok, detail }) => (
              <li key={name} className={ok ? undefined : 'tone-worse'}>
                <Icon name={ok ? 'check' : 'cross'} />
                <span>
                  <strong>{NAMES[name]}</strong> {ok ? '' : 'failed: '}
                  {detail}
                </span>
              </li>
            ))}
          </ul>
        ) : (
          <p className="quiet">Tries what a pull needs; asks for no data.</p>
        )}
      </div>
    </section>
  );
}
