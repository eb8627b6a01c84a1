import { ApiProblem, problemOf } from './problem';

export type QueryParameters = Record<string, string | number | null | undefined>;

/** `/api/gaps?site=…`: parameters that are empty are left out. */
export function apiPath(path: string, parameters: QueryParameters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const query = search.toString();
  return query ? `${path}?${query}` : path;
}

/** GET of a JSON document. @throws ApiProblem, also when the service can't be reached (status 0) */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await send(path, { method: 'GET', signal })).json() as Promise<T>;
}

/** POST of a JSON document, answered with one. @throws ApiProblem */
export async function postJson<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return (await send(path, { method: 'POST', headers, body: JSON.stringify(body) })).json() as Promise<T>;
}

/** PUT of a JSON document, answered with one. @throws ApiProblem */
export async function putJson<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return (await send(path, { method: 'PUT', headers, body: JSON.stringify(body) })).json() as Promise<T>;
}

/** POST of a file, answered with JSON. Its name goes in a header: addresses are logged, and names may be people's. */
export async function postFile<T>(path: string, file: File): Promise<T> {
  const headers = {
    'content-type': 'application/octet-stream',
    'x-file-name': encodeURIComponent(file.name),
  };
  return (await send(path, { method: 'POST', headers, body: file })).json() as Promise<T>;
}

/** DELETE without an answer's body. @throws ApiProblem */
export async function deleteResource(path: string): Promise<void> {
  await send(path, { method: 'DELETE' });
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await reach(path, init);
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  const accept = { accept: 'application/json, application/problem+json' };
  try {
    return await fetch(path, {
      ...init,
      headers: { ...accept, ...(init.headers as Record<string, string> | undefined) },
      credentials: 'same-origin',
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, 'The service can’t be reached', 'Check the connection, then try again.');
  }
}
