import { Link } from 'react-router-dom';
import type { EvidenceResource, PatientCohort } from '../../../apps/api/src/clinical/contract';
import { dateText, plural } from '../design/format';
import { cohortPath } from '../measurement/links';

/** The conditions that the patient's evidence adds up to. */
export function CohortList({ cohorts }: { cohorts: PatientCohort[] }) {
  return (
    <section className="panel" aria-labelledby="patient-cohorts">
      <div className="panel-header">
        <h2 id="patient-cohorts">Cohorts</h2>
      </div>
      <div className="panel-body">
        {cohorts.length === 0 && <p className="quiet">In no cohort.</p>}
        <ul className="patient-cohorts">
          {cohorts.map((cohort) => (
            <li key={cohort.cohortId}>
              <Link className="strong" to={cohortPath(cohort.cohortId, {})}>
                {cohort.title}
              </Link>
              <span className="cell-second number">
                {dateText(cohort.firstEvidence)} to {dateText(cohort.latestEvidence)} ·{' '}
                {plural(cohort.evidenceCount, 'day')} with evidence
              </span>
              {cohort.latest && <span className="cell-second">{evidenceText(cohort.latest)}</span>}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function evidenceText({ display, code, valueText }: EvidenceResource): string {
  return [display ?? code, valueText].filter(Boolean).join(', ');
}
