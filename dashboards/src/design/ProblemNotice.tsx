import { ApiProblem } from '../api/problem';
import { Icon } from './Icon';

interface ProblemNoticeProps {
  error: Error;
  onRetry?: () => void;
}

/** A request that failed: what the API said about it, and a way to try again. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const known = error instanceof ApiProblem;
  return (
    <div className="panel problem" role="alert">
      <span className="problem-mark" aria-hidden="true">
        <Icon name="alert" />
      </span>
      <h2>{known ? error.title : 'This screen failed'}</h2>
      <p>
        {known ? error.detail : 'Something in the app itself went wrong. Reload the page to start again.'}
      </p>
      {onRetry && (
        <div className="actions">
          <button type="button" className="button" onClick={onRetry}>
            Try again
          </button>
        </div>
      )}
    </div>
  );
}
