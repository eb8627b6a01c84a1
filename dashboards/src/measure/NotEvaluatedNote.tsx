import { Link } from 'react-router-dom';
import type { MeasurePage } from '../../../apps/api/src/clinical/contract';
import { plural } from '../design/format';
import { notEvaluatedPath } from '../measurement/links';
import { useMay } from '../session/abilities';

/** That some patients count nowhere; for who may see patients, the way to who they are. */
export function NotEvaluatedNote({ page }: { page: MeasurePage }) {
  const listed = useMay('read:Patient');
  const { notEvaluated, measure, filter } = page;
  if (notEvaluated === 0) return null;
  const number = plural(notEvaluated, 'patient');
  return (
    <p className="quiet" role="note">
      {listed ? (
        <Link className="figure-link" to={notEvaluatedPath(measure.measureId, filter)}>
          {number}
        </Link>
      ) : (
        number
      )}{' '}
      {notEvaluated === 1 ? 'is' : 'are'} not evaluated, because the logic meets data that it cannot decide
      on. They count nowhere.
    </p>
  );
}
