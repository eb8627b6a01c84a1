import { Link } from 'react-router-dom';
import type { CodeMapping } from '../../../apps/api/src/clinical/contract';
import { plural } from '../design/format';
import { useMay } from '../session/abilities';

/** Mappings and withdrawals that the published numbers do not follow yet. */
export function MappingsWaiting({ mappings }: { mappings: CodeMapping[] }) {
  const mayStart = useMay('start:Run');
  const waiting = mappings.filter(({ withdrawn, published }) => (withdrawn === null) !== published).length;
  return (
    <p className="quality-waiting" aria-live="polite">
      {waiting > 0 && (
        <>
          {plural(waiting, 'change')} of mappings {waiting === 1 ? 'waits' : 'wait'} for the next evaluation.{' '}
          {mayStart && (
            <Link className="figure-link" to="/runs">
              Start one
            </Link>
          )}
        </>
      )}
    </p>
  );
}
