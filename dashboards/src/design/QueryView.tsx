import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from './ProblemNotice';

interface QueryViewProps<T> {
  query: UseQueryResult<T>;
  /** What stands there while the first answer is on its way. */
  loading: ReactNode;
  children: (data: T) => ReactNode;
}

/** The three states of everything that is read: loading, failed (with a retry) and there. */
export function QueryView<T>({ query, loading, children }: QueryViewProps<T>) {
  if (query.data !== undefined && !(query.isError && !query.isPlaceholderData)) {
    return (
      <div className={query.isPlaceholderData ? 'refreshing' : undefined} aria-busy={query.isPlaceholderData}>
        {children(query.data)}
      </div>
    );
  }
  if (query.isError) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  return <>{loading}</>;
}
