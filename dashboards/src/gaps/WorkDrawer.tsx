import type { GapPlace, GapWorkRecord } from '../../../apps/api/src/clinical/contract';
import { Drawer } from '../design/Drawer';
import { QueryView } from '../design/QueryView';
import { PanelSkeleton } from '../design/Skeleton';
import { useMay } from '../session/abilities';
import { ContactForm } from './ContactForm';
import { WorkForm } from './WorkForm';
import { WorkLog } from './WorkLog';
import { useGapWork } from './work-queries';

interface WorkDrawerProps {
  place: GapPlace;
  measureTitle: string;
  fullName: string;
  onClose: () => void;
}

/** Everything that a person does about one gap: log a call, say how it stands, see what was done. */
export function WorkDrawer({ place, measureTitle, fullName, onClose }: WorkDrawerProps) {
  const record = useGapWork(place);
  return (
    <Drawer
      label={`Work on ${measureTitle} of ${fullName}`}
      title={
        <>
          <strong>{fullName}</strong> <span className="quiet">{measureTitle}</span>
        </>
      }
      onClose={onClose}
    >
      <QueryView query={record} loading={<PanelSkeleton label="Loading the work on it" height="420px" />}>
        {(data) => <WorkPanels record={data} reload={() => record.refetch()} onClose={onClose} />}
      </QueryView>
    </Drawer>
  );
}

interface WorkPanelsProps {
  record: GapWorkRecord;
  reload: () => Promise<unknown>;
  onClose: () => void;
}

function WorkPanels({ record, reload, onClose }: WorkPanelsProps) {
  const mayChange = useMay('change:Worklist');
  return (
    <div className="stack">
      {mayChange && (
        <>
          <ContactForm record={record} />
          <WorkForm record={record} reload={reload} onSaved={onClose} />
        </>
      )}
      <WorkLog log={record.log} />
    </div>
  );
}
