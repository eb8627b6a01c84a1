import { useState, type FormEvent } from 'react';
import type { SourceSummary } from '../../../apps/api/src/clinical/contract';
import { Field } from './Field';
import { useReplacePassword } from './queries';

/** The password that a database is read with: given once, never shown. */
export function PasswordPanel({ source }: { source: SourceSummary }) {
  const [password, setPassword] = useState('');
  const replace = useReplacePassword(source.sourceId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    replace.mutate({ password }, { onSuccess: () => setPassword('') });
  };
  return (
    <section className="panel" aria-labelledby="source-password">
      <div className="panel-header">
        <h2 id="source-password">Password</h2>
        <span className="panel-note">It stays in the service and is never shown.</span>
      </div>
      <form className="panel-body source-form password-form" onSubmit={submit}>
        <p className={source.hasPassword ? 'quiet' : 'tone-worse'} aria-live="polite">
          {source.hasPassword
            ? 'A password is kept. A new one takes its place.'
            : 'There is no password yet: most databases refuse a user without one.'}
        </p>
        <Field id="sql-password" label={`Password of ${source.sql?.user ?? 'the user'}`}>
          {(id) => (
            <input
              id={id}
              className="input"
              type="password"
              autoComplete="new-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        {replace.isError && (
          <p className="inline-problem form-problem" role="alert">
            {replace.error.message}
          </p>
        )}
        <div>
          <button type="submit" className="button" disabled={replace.isPending}>
            {replace.isPending ? 'Keeping…' : 'Keep'}
          </button>
        </div>
      </form>
    </section>
  );
}
