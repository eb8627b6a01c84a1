import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CodeMapping,
  MappedCode,
  MappingPreview,
  MappingRequest,
  MappingTarget,
  MeasureQualityDetail,
  QualityOverview,
  UnmappedCode,
} from '../../../apps/api/src/clinical/contract';
import { apiPath, getJson, postJson } from '../api/request';

/** Grades of sources and measures, and what is wrong with the data. */
export function useQuality() {
  return useQuery({
    queryKey: ['quality'],
    queryFn: ({ signal }) => getJson<QualityOverview>('/api/quality', signal),
  });
}

/** What a measure reads, and what is wrong with it. */
export function useMeasureQuality(measureId: string) {
  return useQuery({
    queryKey: ['quality-measure', measureId],
    queryFn: ({ signal }) =>
      getJson<MeasureQualityDetail>(`/api/quality/measures/${encodeURIComponent(measureId)}`, signal),
  });
}

/** Codes that no value set knows, those of most patients first. */
export function useUnmappedCodes() {
  return useQuery({
    queryKey: ['unmapped-codes'],
    queryFn: ({ signal }) => getJson<UnmappedCode[]>('/api/quality/codes', signal),
  });
}

/** Every mapping, withdrawn ones too, the latest first. */
export function useMappings() {
  return useQuery({
    queryKey: ['code-mappings'],
    queryFn: ({ signal }) => getJson<CodeMapping[]>('/api/quality/mappings', signal),
  });
}

/** Codes of value sets that resources of a type may mean; nothing is asked without a word. */
export function useTargets(type: string, search: string) {
  return useQuery({
    queryKey: ['mapping-targets', type, search],
    queryFn: ({ signal }) =>
      getJson<MappingTarget[]>(apiPath('/api/quality/targets', { type, search }), signal),
    enabled: search !== '',
    placeholderData: (before) => (search === '' ? undefined : before),
  });
}

/** What a mapping would change in what is published. */
export function useMappingPreview(mapping: MappedCode | null) {
  return useQuery({
    queryKey: ['mapping-preview', mapping],
    queryFn: () => postJson<MappingPreview>('/api/quality/mappings/preview', mapping),
    enabled: mapping !== null,
  });
}

export function useMapCode() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (request: MappingRequest) => postJson<CodeMapping>('/api/quality/mappings', request),
    onSuccess: refresh,
  });
}

export function useWithdrawMapping(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (reason: string) =>
      postJson<CodeMapping>(`/api/quality/mappings/${encodeURIComponent(id)}/withdrawal`, { reason }),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['code-mappings'] });
}
