import type { Parameters } from '@catchment/population';
import type { Publication } from '../contract';
import { plainColumns, textColumns, type FlatColumn } from './flat-list';

/** Who: the columns of a patient in an exported file. @param p alias of `patient` */
export function patientExportColumns(p: string): FlatColumn[] {
  return [
    ...textColumns({
      patient_id: `${p}.patient_id`,
      mrn: `${p}.mrn`,
      full_name: `${p}.full_name`,
    }),
    ...plainColumns({ birth_date: `${p}.birth_date`, age: `${p}.age` }),
    ...textColumns({
      sex: `${p}.sex`,
      language: `${p}.language`,
      phone: `${p}.phone`,
      site_id: `${p}.site_id`,
      site_name: `${p}.site_name`,
      provider_id: `${p}.provider_id`,
      provider_name: `${p}.provider_name`,
      payer: `${p}.payer`,
    }),
    ...plainColumns({ last_visit: `${p}.last_visit`, next_appointment: `${p}.next_appointment` }),
    ...textColumns({ conditions: `array_to_string(${p}.conditions, ' ')` }),
    ...plainColumns({ open_gaps: `${p}.open_gaps` }),
  ];
}

/** What of the gap, and why. @param g alias of `care_gap` */
export function gapColumns(g: string): FlatColumn[] {
  return [
    ...textColumns({
      gap_status: `${g}.gap_status`,
      gap_reason: `${g}.gap_reason`,
      detail: `${g}.detail`,
    }),
    ...plainColumns({ latest_date: `${g}.latest_date`, latest_value: `${g}.latest_value` }),
    ...textColumns({ latest_unit: `${g}.latest_unit`, closes_with: `${g}.closes_with` }),
  ];
}

/** Where the numbers come from, on every row: a file is read without the screen that it left. */
export function provenanceColumns({ runId, dataAsOf }: Publication, parameters: Parameters): FlatColumn[] {
  return textColumns({
    run_id: `${parameters.bind(runId)}::varchar`,
    data_as_of: `${parameters.bind(dataAsOf)}::varchar`,
  });
}
