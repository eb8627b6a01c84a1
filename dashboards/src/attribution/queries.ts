import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AttributionChange,
  AttributionPreview,
  AttributionRule,
  AttributionSetting,
} from '../../../apps/api/src/clinical/contract';
import { getJson, postJson, putJson } from '../api/request';

export function useAttribution() {
  return useQuery({
    queryKey: ['attribution'],
    queryFn: ({ signal }) => getJson<AttributionSetting>('/api/attribution', signal),
  });
}

/** What a rule would change in what is published. */
export function usePreview(rule: AttributionRule) {
  return useQuery({
    queryKey: ['attribution-preview', rule],
    queryFn: () => postJson<AttributionPreview>('/api/attribution/preview', rule),
    enabled: rule.steps.length > 0,
    placeholderData: (before) => before,
  });
}

export function useChooseRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: AttributionChange) => putJson<AttributionSetting>('/api/attribution', change),
    onSuccess: (setting) => client.setQueryData(['attribution'], setting),
  });
}
