import type { PatientPanel, PatientWork } from '../../../apps/api/src/clinical/contract';
import { QueryView } from '../design/QueryView';
import { PanelSkeleton } from '../design/Skeleton';
import { GapChip } from '../gaps/GapChip';
import { WorkCell } from '../gaps/WorkCell';
import { WorkLog } from '../gaps/WorkLog';
import { usePatientWork } from '../gaps/work-queries';
import '../gaps/gaps.css';

/** What people do about the patient's gaps, and the log of all contacts. */
export function PatientWorkPanel({ panel }: { panel: PatientPanel }) {
  const work = usePatientWork(panel.patient.patientId);
  return (
    <QueryView query={work} loading={<PanelSkeleton label="Loading the work on the gaps" height="220px" />}>
      {(data) => (
        <div className="stack">
          <GapsToWorkOn panel={panel} work={data} />
          <WorkLog log={data.log} titleOf={({ measureId, groupId }) => titleOf(panel, measureId, groupId)} />
        </div>
      )}
    </QueryView>
  );
}

/** Every open gap, and whichever else somebody worked on. */
function GapsToWorkOn({ panel, work }: { panel: PatientPanel; work: PatientWork }) {
  const { patientId, fullName } = panel.patient;
  const workOn = (measureId: string, groupId: string) =>
    work.gaps.find((gap) => gap.measureId === measureId && gap.groupId === groupId)?.work ?? null;
  const gaps = panel.results.flatMap(({ measureId, groupId, title, gap }) => {
    const known = workOn(measureId, groupId);
    if (!gap || (gap.gapStatus !== 'open-gap' && !known)) return [];
    return [{ measureId, groupId, title, gap, work: known }];
  });
  return (
    <section className="panel" aria-labelledby="patient-work">
      <div className="panel-header">
        <h2 id="patient-work">Work on gaps</h2>
      </div>
      <div className="panel-body">
        {gaps.length === 0 && <p className="quiet">No gap is open.</p>}
        <ul className="patient-work">
          {gaps.map(({ measureId, groupId, title, gap, work: known }) => (
            <li key={`${measureId} ${groupId}`}>
              <span className="gap-line-title">
                <strong>{title}</strong>
                <GapChip status={gap.gapStatus} reason={gap.gapReason} />
              </span>
              <WorkCell
                place={{ patientId, measureId, groupId }}
                measureTitle={title}
                fullName={fullName}
                work={known}
              />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function titleOf({ results }: PatientPanel, measureId: string, groupId: string): string {
  const result = results.find((each) => each.measureId === measureId && each.groupId === groupId);
  return result?.title ?? measureId;
}
