import { Link } from 'react-router-dom';
import { Drawer } from '../design/Drawer';
import { QueryView } from '../design/QueryView';
import { PanelSkeleton } from '../design/Skeleton';
import { patientPath } from '../measurement/links';
import { ExplanationView } from './ExplanationView';
import { useExplanation } from './queries';

interface ExplanationDrawerProps {
  patientId: string;
  patientName: string;
  measureId: string;
  onClose: () => void;
}

/** The explanation of one result over the list it was opened from. */
export function ExplanationDrawer({ patientId, patientName, measureId, onClose }: ExplanationDrawerProps) {
  const explanation = useExplanation(patientId, measureId);
  return (
    <Drawer
      label="Why this result"
      onClose={onClose}
      title={
        <>
          <Link className="strong" to={patientPath(patientId, measureId)}>
            {patientName}
          </Link>
          <div className="quiet small">{explanation.data?.title ?? ' '}</div>
        </>
      }
    >
      <QueryView
        query={explanation}
        loading={<PanelSkeleton label="Loading the explanation" height="320px" />}
      >
        {(data) => <ExplanationView explanation={data} />}
      </QueryView>
    </Drawer>
  );
}
