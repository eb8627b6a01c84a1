import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem';
import { ProblemNotice } from './ProblemNotice';

interface QueryViewProps<T> {
  query: UseQueryResult<T>;
  /** What stands there while the first answer is on its way. */
  loading: ReactNode;
  /** For lists: back to the first page, where the next page is of an earlier run (409). */
  onRestart?: () => void;
  children: (data: T) => ReactNode;
}

/** The three states of everything that is read: loading, failed (with a retry) and there. */
export function QueryView<T>({ query, loading, onRestart, children }: QueryViewProps<T>) {
  if (query.data !== undefined && !(query.isError && !query.isPlaceholderData)) {
    return (
      <div className={query.isPlaceholderData ? 'refreshing' : undefined} aria-busy={query.isPlaceholderData}>
        {children(query.data)}
      </div>
    );
  }
  if (query.isError) {
    const outdated = query.error instanceof ApiProblem && query.error.status === 409;
    const again = () => void query.refetch();
    return <ProblemNotice error={query.error} onRetry={outdated && onRestart ? onRestart : again} />;
  }
  return <>{loading}</>;
}
