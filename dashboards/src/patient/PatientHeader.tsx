import { Link } from 'react-router-dom';
import type { PatientPanel } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { countText, DASH, dateText } from '../design/format';
import { PageHeader, Provenance } from '../design/PageHeader';
import { ageSex, PhoneLink } from '../lists/patient-columns';

/** Who this is, who answers for them, how to reach them. The tab's title names nobody. */
export function PatientHeader({ panel }: { panel: PatientPanel }) {
  const { patient } = panel;
  return (
    <>
      <PageHeader
        documentTitle="Patient"
        breadcrumb={<Link to="/gaps">Care gaps</Link>}
        title={patient.fullName}
        subtitle={
          <span className="patient-identity">
            <span>{ageSex(patient)}</span>
            <span>born {dateText(patient.birthDate)}</span>
            {patient.mrn && <span>MRN {patient.mrn}</span>}
            {patient.deceased && <Chip tone="unknown">deceased</Chip>}
          </span>
        }
        end={<Provenance publication={panel.publication} />}
      />
      <dl className="panel patient-facts">
        <Fact term="Provider">{patient.providerName}</Fact>
        <Fact term="Site">{patient.siteName}</Fact>
        <Fact term="Payer">{patient.payer}</Fact>
        <Fact term="Last visit">{dateText(patient.lastVisit)}</Fact>
        <Fact term="Next appointment">{patient.nextAppointment ?? 'none booked'}</Fact>
        <Fact term="Phone">
          <PhoneLink phone={patient.phone} />
        </Fact>
        <Fact term="Language">{patient.language}</Fact>
        <Fact term="Race, ethnicity">{[patient.race, patient.ethnicity].filter(Boolean).join(', ')}</Fact>
        <Fact term="Open gaps">{countText(patient.openGaps)}</Fact>
        <Fact term="Priority">
          {countText(patient.priority)}
          {patient.priorityReasons.length > 0 && (
            <span className="cell-second">{patient.priorityReasons.join(', ')}</span>
          )}
        </Fact>
      </dl>
    </>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children === null || children === '' ? DASH : children}</dd>
    </div>
  );
}
