import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  SourceKeyRequest,
  SourceMappingCheck,
  SourceMappingRequest,
  SourceMappingText,
  SourcePasswordRequest,
  SourcePullRequest,
  SourceRequest,
  SourceRun,
  SourceSummary,
  SourceTestStep,
  UploadedFile,
} from '../../../apps/api/src/clinical/contract';
import { deleteResource, getJson, postFile, postJson, putJson } from '../api/request';
import { isUnderWay } from './run-text';

const SOURCES = ['sources'];
/** How often to ask while a run is under way, and else: schedules and arriving files begin runs by themselves. */
const SOON = 2000;
const LATER = 30_000;

function pathOf(sourceId: string, rest = ''): string {
  return `/api/sources/${encodeURIComponent(sourceId)}${rest}`;
}

export function useSources() {
  return useQuery({
    queryKey: SOURCES,
    queryFn: ({ signal }) => getJson<SourceSummary[]>('/api/sources', signal),
    refetchInterval: ({ state }) =>
      state.data?.some(({ lastRun }) => lastRun && isUnderWay(lastRun)) ? SOON : LATER,
  });
}

export function useSource(sourceId: string) {
  return useQuery({
    queryKey: [...SOURCES, sourceId],
    queryFn: ({ signal }) => getJson<SourceSummary>(pathOf(sourceId), signal),
    refetchInterval: ({ state }) => (state.data?.lastRun && isUnderWay(state.data.lastRun) ? SOON : LATER),
  });
}

export function useSourceRuns(sourceId: string) {
  return useQuery({
    queryKey: [...SOURCES, sourceId, 'runs'],
    queryFn: ({ signal }) => getJson<SourceRun[]>(pathOf(sourceId, '/runs'), signal),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? SOON : LATER),
  });
}

export function useSourceRun(sourceId: string, runId: string) {
  return useQuery({
    queryKey: [...SOURCES, sourceId, 'runs', runId],
    queryFn: ({ signal }) =>
      getJson<SourceRun>(pathOf(sourceId, `/runs/${encodeURIComponent(runId)}`), signal),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? SOON : false),
  });
}

/** Everything about sources is read anew after any change of one. */
function useSourceChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: SOURCES }),
  });
}

/** Makes a source, or changes the one that is given. */
export function useSaveSource(sourceId: string | undefined) {
  return useSourceChange((request: SourceRequest) =>
    sourceId === undefined
      ? postJson<SourceSummary>('/api/sources', request)
      : putJson<SourceSummary>(pathOf(sourceId), request),
  );
}

export function useRemoveSource(sourceId: string) {
  return useSourceChange(() => deleteResource(pathOf(sourceId)));
}

export function useReplaceKey(sourceId: string) {
  return useSourceChange((request: SourceKeyRequest) =>
    putJson<SourceSummary>(pathOf(sourceId, '/key'), request),
  );
}

export function useReplacePassword(sourceId: string) {
  return useSourceChange((request: SourcePasswordRequest) =>
    putJson<SourceSummary>(pathOf(sourceId, '/password'), request),
  );
}

/** The text of the mapping that holds. */
export function useMappingText(sourceId: string, enabled: boolean) {
  return useQuery({
    queryKey: [...SOURCES, sourceId, 'mapping'],
    queryFn: ({ signal }) => getJson<SourceMappingText>(pathOf(sourceId, '/mapping'), signal),
    enabled,
  });
}

export function useReplaceMapping(sourceId: string) {
  return useSourceChange((request: SourceMappingRequest) =>
    putJson<SourceSummary>(pathOf(sourceId, '/mapping'), request),
  );
}

/** Tries a mapping with the files that wait; nothing is kept. */
export function useCheckMapping(sourceId: string) {
  return useMutation({
    mutationFn: (request: SourceMappingRequest) =>
      postJson<SourceMappingCheck>(pathOf(sourceId, '/mapping/check'), request),
  });
}

export function useTestSource(sourceId: string) {
  return useMutation({ mutationFn: () => postJson<SourceTestStep[]>(pathOf(sourceId, '/test'), {}) });
}

export function useStartPull(sourceId: string) {
  return useSourceChange((request: SourcePullRequest) =>
    postJson<SourceRun>(pathOf(sourceId, '/runs'), request),
  );
}

export function useCancelPull(sourceId: string, runId: string) {
  return useSourceChange(() =>
    postJson<SourceRun>(pathOf(sourceId, `/runs/${encodeURIComponent(runId)}/cancel`), {}),
  );
}

export function useUpload(sourceId: string) {
  return useSourceChange((file: File) => postFile<UploadedFile>(pathOf(sourceId, '/files'), file));
}
