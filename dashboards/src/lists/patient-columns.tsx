import { Link } from 'react-router-dom';
import type { RowData } from '@tanstack/react-table';
import type { PatientRow } from '../../../apps/api/src/clinical/contract';
import { capitalized, dateText, DASH } from '../design/format';
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
      <>
        {original.providerName ?? <span className="quiet">no provider</span>}
        <span className="cell-second">
          {[original.siteName, original.payer].filter(Boolean).join(' · ') || DASH}
        </span>
      </>
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
        {[ageSex(patient), patient.mrn && `MRN ${patient.mrn}`].filter(Boolean).join(' · ')}
      </span>
      {(patient.phone ?? patient.language) && (
        <span className="cell-second">{[patient.phone, patient.language].filter(Boolean).join(' · ')}</span>
      )}
    </span>
  );
}

/** `67, female`; what is not known is left out. */
export function ageSex({ age, sex }: PatientRow): string {
  return capitalized([age === null ? null : `${age}`, sex].filter(Boolean).join(', '));
}
