import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReportDelivery, ReportSummary } from '../../../apps/api/src/clinical/contract';
import { getJson, postJson } from '../api/request';

const REPORTS = ['reports'];
/** How often to ask while a delivery is under way. */
const SOON = 3000;

/** What is made when; asked again while one is being made. */
export function useReports() {
  return useQuery({
    queryKey: REPORTS,
    queryFn: ({ signal }) => getJson<ReportSummary[]>('/api/reports', signal),
    refetchInterval: (query) =>
      query.state.data?.some(({ lastDelivery }) => lastDelivery && isUnderWay(lastDelivery)) ? SOON : false,
  });
}

/** What became of one report, newest first. */
export function useDeliveries(reportId: string) {
  return useQuery({
    queryKey: [...REPORTS, reportId],
    queryFn: ({ signal }) => getJson<ReportDelivery[]>(`${reportPath(reportId)}/deliveries`, signal),
    refetchInterval: (query) => (query.state.data?.some(isUnderWay) ? SOON : false),
  });
}

/** Makes a report now, besides its schedule. */
export function useMakeReport(reportId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => postJson<ReportDelivery>(`${reportPath(reportId)}/deliveries`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: REPORTS }),
  });
}

export function deliveryFilePath({ reportId, deliveryId }: ReportDelivery, name: string): string {
  return `${reportPath(reportId)}/deliveries/${encodeURIComponent(deliveryId ?? '')}/files/${encodeURIComponent(name)}`;
}

function reportPath(reportId: string): string {
  return `/api/reports/${encodeURIComponent(reportId)}`;
}

function isUnderWay({ status }: ReportDelivery): boolean {
  return status === 'queued' || status === 'pending';
}
