import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type {
  Assignee,
  GapAssignment,
  GapAssignmentResult,
  GapContact,
  GapPlace,
  GapWorkChange,
  GapWorkRecord,
  PatientWork,
} from '../../../apps/api/src/clinical/contract';
import { getJson, postJson, putJson } from '../api/request';

/** The work on one gap and its log, as it is now: two people may be at it. */
export function useGapWork(place: GapPlace) {
  return useQuery({
    queryKey: workKey(place),
    queryFn: ({ signal }) => getJson<GapWorkRecord>(workPath(place), signal),
    staleTime: 0,
  });
}

/** The work on all gaps of a patient, and their log. */
export function usePatientWork(patientId: string) {
  return useQuery({
    queryKey: ['patient-work', patientId],
    queryFn: ({ signal }) =>
      getJson<PatientWork>(`/api/patients/${encodeURIComponent(patientId)}/work`, signal),
    staleTime: 0,
  });
}

/** Who may be asked to work on gaps. */
export function useAssignees() {
  return useQuery({
    queryKey: ['assignees'],
    queryFn: ({ signal }) => getJson<Assignee[]>('/api/gaps/assignees', signal),
    staleTime: 5 * 60_000,
  });
}

/** A colleague's name by email; the email of who works on gaps no more. */
export function useNameOf(): (email: string) => string {
  const { data } = useAssignees();
  return (email) => data?.find((assignee) => assignee.email === email)?.displayName ?? email;
}

export function useSetWork(place: GapPlace) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: GapWorkChange) => putJson<GapWorkRecord>(workPath(place), change),
    onSuccess: (record) => showWork(client, record),
  });
}

export function useLogContact(place: GapPlace) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (contact: GapContact) => postJson<GapWorkRecord>(`${workPath(place)}/contacts`, contact),
    onSuccess: (record) => showWork(client, record),
  });
}

export function useAssignGaps() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (assignment: GapAssignment) =>
      postJson<GapAssignmentResult>('/api/gaps/work/assign', assignment),
    // Also after a refusal: what was refused was asked about a list that is not how things stand.
    onSettled: () => readAgain(client),
  });
}

function showWork(client: QueryClient, record: GapWorkRecord): void {
  client.setQueryData(workKey(record), record);
  readAgain(client);
}

/** Nobody waits for the lists behind the drawer. */
function readAgain(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['patient-work'] });
  void client.invalidateQueries({ queryKey: ['gaps'] });
}

function workKey({ patientId, measureId, groupId }: GapPlace): string[] {
  return ['gap-work', patientId, measureId, groupId];
}

function workPath({ patientId, measureId, groupId }: GapPlace): string {
  const [patient, measure, group] = [patientId, measureId, groupId].map(encodeURIComponent);
  return `/api/gaps/${patient}/${measure}/${group}/work`;
}
