import { Link } from 'react-router-dom';
import type { RowData } from '@tanstack/react-table';
import type { PatientRow } from '../../../apps/api/src/clinical/contract';
import { capitalized, countText, dateText, DASH, plural } from '../design/format';
import { patientPath } from '../measurement/links';
import type { ListColumn } from './DataTable';

/** The columns that every list of patients starts with. */
export function whoColumn<T extends PatientRow & RowData>(measureId?: string): ListColumn<T> {
  return {
    id: 'name',
    header: 'Patient',
    cell: ({ row: { original } }) => <PatientCell patient={original} measureId={measureId} />,
  };
}

export function panelColumn<T extends PatientRow & RowData>(): ListColumn<T> {
  return {
    id: 'panel',
    header: 'Provider and site',
    cell: ({ row: { original } }) => (
      <span className="panel-cell">
        {original.providerName ?? <span className="quiet">no provider</span>}
        <span className="cell-second">
          {[original.siteName, original.payer].filter(Boolean).join(' · ') || DASH}
        </span>
      </span>
    ),
  };
}

export function visitsColumn<T extends PatientRow & RowData>(): ListColumn<T> {
  return {
    id: 'lastVisit',
    header: 'Last visit',
    cell: ({ row: { original } }) => (
      <span className="cell-date">
        {dateText(original.lastVisit)}
        <span className="cell-second">
          {original.nextAppointment ? `next ${dateText(original.nextAppointment)}` : 'none booked'}
        </span>
      </span>
    ),
  };
}

interface PatientCellProps {
  patient: PatientRow;
  measureId?: string;
}

/** Name, age and sex, number, and how to reach the person. */
export function PatientCell({ patient, measureId }: PatientCellProps) {
  return (
    <span className="patient-cell">
      <Link to={patientPath(patient.patientId, measureId)}>{patient.fullName}</Link>
      <span className="cell-second">
        {ageSex(patient)}
        {patient.mrn && (
          <>
            {' '}
            · <span className="nowrap">MRN {patient.mrn}</span>
          </>
        )}
      </span>
      <span className="cell-second">
        <PhoneLink phone={patient.phone} />
        {patient.language && ` · ${patient.language}`}
      </span>
    </span>
  );
}

/** A number to call, or that there is none; calling is a person's doing. */
export function PhoneLink({ phone }: { phone: string | null }) {
  if (!phone) return <>no phone</>;
  return (
    <a className="nowrap" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
      {phone}
    </a>
  );
}

/** How many gaps of the patient are open in all; opens them. */
export function OpenGapsLink({ patient }: { patient: PatientRow }) {
  return (
    <Link
      className="figure-link"
      to={patientPath(patient.patientId)}
      aria-label={`${plural(patient.openGaps, 'open gap')} of ${patient.fullName}`}
    >
      {countText(patient.openGaps)}
    </Link>
  );
}

/** `67, female`; what is not known is left out. */
export function ageSex({ age, sex }: PatientRow): string {
  return capitalized([age === null ? null : `${age}`, sex].filter(Boolean).join(', '));
}
