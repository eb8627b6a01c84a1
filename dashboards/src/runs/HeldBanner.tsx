import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import { instantText } from '../design/format';
import { Icon } from '../design/Icon';
import { useHeldRun } from './queries';
import { suspicionText } from './suspicion-text';
import './held-banner.css';

const MOST = 3;

/** Above every screen while the numbers of a newer run are held back: what is shown is older, and why. */
export function HeldBanner() {
  const { data } = useHeldRun();
  const run = data?.run;
  const client = useQueryClient();
  const publishing = useRef(false);

  // Every screen reads again what the decision changed.
  useEffect(() => {
    if (publishing.current && data && !run) void client.invalidateQueries();
    publishing.current = run?.decision === 'publish';
  }, [client, data, run]);

  if (!run) return null;
  const { suspicions } = run;
  return (
    <aside className="held-banner" aria-label="Numbers are held back">
      <Icon name="alert" />
      <div>
        <strong>
          {run.decision === 'publish'
            ? 'The numbers that were held back are being published.'
            : 'These numbers are not of the newest data.'}
        </strong>{' '}
        {run.decision !== 'publish' && (
          <>
            The run of {instantText(run.startedAt)} looks suspicious and was not published.
            {suspicions === null && ' Somebody has to check it.'}
          </>
        )}
        {suspicions !== null && (
          <>
            <ul>
              {suspicions.slice(0, MOST).map((suspicion) => (
                <li key={suspicionText(suspicion)}>{suspicionText(suspicion)}</li>
              ))}
              {suspicions.length > MOST && <li>and {suspicions.length - MOST} more</li>}
            </ul>
            <Link to="/runs">Look at the run</Link>
          </>
        )}
      </div>
    </aside>
  );
}
