import { useQuery } from '@tanstack/react-query';
import type { PatientPanel } from '../../../apps/api/src/clinical/contract';
import { getJson } from '../api/request';

export function usePatientPanel(patientId: string) {
  return useQuery({
    queryKey: ['patient', patientId],
    queryFn: ({ signal }) => getJson<PatientPanel>(`/api/patients/${encodeURIComponent(patientId)}`, signal),
  });
}
