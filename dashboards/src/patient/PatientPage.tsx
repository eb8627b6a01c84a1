import { useParams, useSearchParams } from 'react-router-dom';
import type { PatientPanel } from '../../../apps/api/src/clinical/contract';
import { QueryView } from '../design/QueryView';
import { PanelSkeleton, Skeleton } from '../design/Skeleton';
import { CohortList } from './CohortList';
import { MeasureResults } from './MeasureResults';
import { PatientHeader } from './PatientHeader';
import { PatientWhy } from './PatientWhy';
import { PatientWorkPanel } from './PatientWorkPanel';
import { useMay } from '../session/abilities';
import { usePatientPanel } from './queries';
import { Timeline } from './Timeline';
import './patient.css';

/** One patient: every measure's result with its reason, the cohorts, and the evidence over time. */
export default function PatientPage() {
  const { patientId = '' } = useParams();
  const panel = usePatientPanel(patientId);
  return (
    <QueryView query={panel} loading={<PatientLoading />}>
      {(data) => <LoadedPatient panel={data} />}
    </QueryView>
  );
}

function LoadedPatient({ panel }: { panel: PatientPanel }) {
  const [search] = useSearchParams();
  const mayReadWork = useMay('read:Worklist');
  const measureId = search.get('measure') ?? firstToLookAt(panel);
  return (
    <>
      <PatientHeader panel={panel} />
      <div className="patient-columns">
        <div className="stack">
          <MeasureResults results={panel.results} selected={measureId} />
          {mayReadWork && <PatientWorkPanel panel={panel} />}
          <CohortList cohorts={panel.cohorts} />
        </div>
        <div className="stack">
          {measureId && <PatientWhy patientId={panel.patient.patientId} measureId={measureId} />}
          <Timeline panel={panel} />
        </div>
      </div>
    </>
  );
}

/** The first open gap, else the first result that counts, else the first of all. */
function firstToLookAt({ results }: PatientPanel): string | null {
  const open = results.find(({ gap }) => gap?.gapStatus === 'open-gap');
  const counted = results.find(({ populations }) => populations.includes('denominator'));
  return (open ?? counted ?? results[0])?.measureId ?? null;
}

function PatientLoading() {
  return (
    <div role="status" aria-label="Loading the patient">
      <Skeleton width="300px" height="26px" />
      <div style={{ height: '22px' }} />
      <div className="patient-columns">
        <PanelSkeleton label="Loading results" height="380px" />
        <PanelSkeleton label="Loading the explanation" height="380px" />
      </div>
    </div>
  );
}
