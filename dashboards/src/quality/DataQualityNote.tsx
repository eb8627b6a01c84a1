import { Link } from 'react-router-dom';
import type { MeasureGrade } from '../../../apps/api/src/clinical/contract';
import { capitalized } from '../design/format';
import { measureQualityPath } from '../measurement/links';
import { useMay } from '../session/abilities';
import { GradeMark } from './GradeMark';

interface DataQualityNoteProps {
  measureId: string;
  /** Null for numbers from before the checks. */
  quality: MeasureGrade | null;
}

/** How far the data behind a rate can be trusted, in a sentence; for who may read them, the way to the reasons. */
export function DataQualityNote({ measureId, quality }: DataQualityNoteProps) {
  const mayRead = useMay('read:DataQuality');
  return (
    <p role="note" className="quiet data-quality-note">
      Data quality{' '}
      {quality ? (
        <>
          <GradeMark grade={quality.grade} /> {capitalized(quality.reason)}. This is about all patients,
          whatever is filtered.
          {mayRead && (
            <>
              {' '}
              <Link className="figure-link" to={measureQualityPath(measureId)}>
                All reasons
              </Link>
            </>
          )}
        </>
      ) : (
        'is known from the next evaluation on.'
      )}
    </p>
  );
}
