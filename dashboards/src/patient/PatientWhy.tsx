import { Link } from 'react-router-dom';
import { Chip } from '../design/Chip';
import { QueryView } from '../design/QueryView';
import { PanelSkeleton } from '../design/Skeleton';
import { ExplanationView } from '../explanation/ExplanationView';
import { useExplanation } from '../explanation/queries';
import { measurePath } from '../measurement/links';

interface PatientWhyProps {
  patientId: string;
  measureId: string;
}

export function PatientWhy({ patientId, measureId }: PatientWhyProps) {
  const explanation = useExplanation(patientId, measureId);
  return (
    <section aria-label="Why" className="why" data-testid="why">
      <QueryView
        query={explanation}
        loading={<PanelSkeleton label="Loading the explanation" height="300px" />}
      >
        {(data) => (
          <>
            <h2 className="why-title">
              <span className="quiet">Why:</span> <Link to={measurePath(measureId, {})}>{data.title}</Link>{' '}
              <Chip square>v{data.version}</Chip>
            </h2>
            <ExplanationView key={data.measureId} explanation={data} />
          </>
        )}
      </QueryView>
    </section>
  );
}
