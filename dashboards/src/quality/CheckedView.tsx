import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { ApiProblem } from '../api/problem';
import { EmptyState } from '../design/EmptyState';
import { capitalized } from '../design/format';
import { QueryView } from '../design/QueryView';
import { useMay } from '../session/abilities';

interface CheckedViewProps<T> {
  query: UseQueryResult<T>;
  loading: ReactNode;
  children: (data: T) => ReactNode;
}

/** As QueryView; numbers that are not there yet, or from before the checks, are no failure but wait for an evaluation. */
export function CheckedView<T>({ query, loading, children }: CheckedViewProps<T>) {
  const { error } = query;
  if (query.data !== undefined || !(error instanceof ApiProblem) || error.status !== 503)
    return (
      <QueryView query={query} loading={loading}>
        {children}
      </QueryView>
    );
  return (
    <div className="panel">
      <EmptyState title="Not known yet" action={<NextStep onRetry={() => void query.refetch()} />}>
        {error.detail && `${capitalized(error.detail)}.`}
      </EmptyState>
    </div>
  );
}

function NextStep({ onRetry }: { onRetry: () => void }) {
  const mayRead = useMay('read:Run');
  return (
    <>
      {mayRead && (
        <Link className="button button-primary" to="/runs">
          Open the runs
        </Link>
      )}
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </>
  );
}
