import { useQuery } from '@tanstack/react-query';
import type { Explanation } from '../../../apps/api/src/clinical/contract';
import { apiPath, getJson } from '../api/request';

/** Why one patient's result is what it is: every define of the measure with its evidence. */
export function useExplanation(patientId: string, measureId: string) {
  return useQuery({
    queryKey: ['explanation', patientId, measureId],
    queryFn: ({ signal }) =>
      getJson<Explanation>(
        apiPath(`/api/patients/${encodeURIComponent(patientId)}/explanation`, { measure: measureId }),
        signal,
      ),
  });
}
