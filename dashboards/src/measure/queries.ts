import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  MeasurePage,
  NotEvaluatedList,
  PanelFilter,
  PatientSort,
  TargetSetting,
} from '../../../apps/api/src/clinical/contract';
import { apiPath, deleteResource, getJson, putJson } from '../api/request';
import { PAGE_SIZE } from '../lists/list-state';

export function useMeasurePage(measureId: string, filter: PanelFilter) {
  return useQuery({
    queryKey: ['measure', measureId, filter],
    queryFn: ({ signal }) =>
      getJson<MeasurePage>(apiPath(`/api/measures/${encodeURIComponent(measureId)}`, { ...filter }), signal),
    placeholderData: keepPreviousData,
  });
}

export interface NotEvaluatedQuery {
  measureId: string;
  filter: PanelFilter;
  q: string;
  sort: PatientSort;
  cursor: string | null;
}

/** Who counts nowhere in a measure; `total` is the number of the measure's page. */
export function useNotEvaluated(query: NotEvaluatedQuery) {
  const { measureId, filter, q, sort, cursor } = query;
  const path = `/api/measures/${encodeURIComponent(measureId)}/not-evaluated`;
  return useQuery({
    queryKey: ['not-evaluated', query],
    queryFn: ({ signal }) =>
      getJson<NotEvaluatedList>(apiPath(path, { ...filter, q, sort, cursor, limit: PAGE_SIZE }), signal),
    placeholderData: keepPreviousData,
  });
}

export interface TargetPlace {
  measureId: string;
  groupId: string;
  /** Absent: the organisation's default. */
  site?: string;
}

/** Sets a target (0…1) or, with null, takes it back; every screen that shows it reads it again. */
export function useSetTarget({ measureId, groupId, site }: TargetPlace) {
  const client = useQueryClient();
  const path = apiPath(`/api/targets/${encodeURIComponent(measureId)}/${encodeURIComponent(groupId)}`, {
    site,
  });
  return useMutation({
    mutationFn: async (value: number | null) => {
      if (value === null) await deleteResource(path);
      else await putJson<TargetSetting>(path, { value });
    },
    onSuccess: () =>
      Promise.all(['measure', 'scorecard'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
