import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { MeasurePage, PanelFilter } from '../../../apps/api/src/clinical/contract';
import { apiPath, getJson } from '../api/request';

export function useMeasurePage(measureId: string, filter: PanelFilter) {
  return useQuery({
    queryKey: ['measure', measureId, filter],
    queryFn: ({ signal }) =>
      getJson<MeasurePage>(apiPath(`/api/measures/${encodeURIComponent(measureId)}`, { ...filter }), signal),
    placeholderData: keepPreviousData,
  });
}
