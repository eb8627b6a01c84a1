import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { EmptyState } from '../design/EmptyState';
import { useMay, type Ability } from './abilities';

interface AllowedProps {
  ability: Ability;
  /** What the person may not see, for example `patients`. */
  what: string;
  children: ReactNode;
}

/** A screen for those who may see it; the others are told so instead of meeting an error. */
export function Allowed({ ability, what, children }: AllowedProps) {
  if (useMay(ability)) return <>{children}</>;
  return (
    <div className="panel">
      <EmptyState
        level={1}
        title={`Your role does not include ${what}`}
        action={
          <Link className="button" to="/scorecard">
            Open the scorecard
          </Link>
        }
      >
        Who looks after the accounts can change that.
      </EmptyState>
    </div>
  );
}
