import { Diagnostic } from '@catchment/platform';

/** What is exported: everything, all patients, or the patients of a group. */
export type ExportLevel = { level: 'system' } | { level: 'patient' } | { level: 'group'; groupId: string };

/** A kick-off, as the Bulk Data Access specification has its parameters. */
export interface ExportRequest {
  target: ExportLevel;
  /** Resource types; empty: whatever the server has. */
  types: string[];
  /** FHIR instant: resources that changed after it. */
  since?: string;
  /** Search queries, `Condition?clinical-status=active`; those of a type are alternatives. */
  typeFilters?: string[];
  /** For example `Patient.id`. */
  elements?: string[];
  /** References of patients, `Patient/1`; needs POST. */
  patients?: string[];
  includeAssociatedData?: string[];
  outputFormat?: string;
  /** GET is what every server of versions 1 to 3 knows; version 4 has POST only. */
  method: 'GET' | 'POST';
  /** Asks the server to ignore parameters that it does not know. */
  lenient?: boolean;
}

export interface KickOff {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: string;
}

/** @throws Diagnostic when a parameter is none, or needs POST. */
export function kickOff(base: URL, request: ExportRequest): KickOff {
  check(request);
  const url = new URL(`${base.href.replace(/\/$/, '')}/${path(request.target)}`);
  const headers: Record<string, string> = {
    accept: 'application/fhir+json',
    prefer: request.lenient ? 'respond-async, handling=lenient' : 'respond-async',
  };
  const given = parameters(request);
  if (request.method === 'GET') {
    for (const { name, value } of given) url.searchParams.append(name, value);
    return { method: 'GET', url, headers };
  }
  const parameter = [
    ...given.map(({ name, value, instant }) =>
      instant ? { name, valueInstant: value } : { name, valueString: value },
    ),
    ...(request.patients ?? []).map((reference) => ({ name: 'patient', valueReference: { reference } })),
  ];
  return {
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Parameters', parameter }),
  };
}

function path(target: ExportLevel): string {
  switch (target.level) {
    case 'system':
      return '$export';
    case 'patient':
      return 'Patient/$export';
    case 'group':
      return `Group/${encodeURIComponent(target.groupId)}/$export`;
  }
}

/** Lists are joined by commas: every version reads that, and one large vendor refuses repeated `_type`. */
function parameters(request: ExportRequest): { name: string; value: string; instant?: boolean }[] {
  const list = (name: string, values: readonly string[] = []): { name: string; value: string }[] =>
    values.length > 0 ? [{ name, value: values.join(',') }] : [];
  return [
    ...(request.outputFormat ? [{ name: '_outputFormat', value: request.outputFormat }] : []),
    ...list('_type', request.types),
    ...(request.since ? [{ name: '_since', value: request.since, instant: true }] : []),
    ...list('_elements', request.elements),
    // Each query is encoded on its own: its commas and ampersands are part of it.
    ...list('_typeFilter', request.typeFilters?.map(encodeFilter)),
    ...list('includeAssociatedData', request.includeAssociatedData),
  ];
}

/** Commas separate queries, so that those inside one are escaped as the specification's example has them. */
function encodeFilter(filter: string): string {
  return filter.replaceAll(',', '%2C');
}

const typeName = /^[A-Z][A-Za-z]{1,63}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function check({ types, since, typeFilters = [], patients = [], method, target }: ExportRequest): void {
  for (const type of types) if (!typeName.test(type)) throw new Diagnostic(`"${type}" is no resource type`);
  for (const filter of typeFilters) {
    const [type, query] = filter.split('?', 2);
    if (!type || !query || !typeName.test(type))
      throw new Diagnostic(`"${filter}" is no type filter, for example Condition?clinical-status=active`);
    if (types.length > 0 && !types.includes(type))
      throw new Diagnostic(`there is a filter for ${type}, which is not among the types`);
  }
  if (since !== undefined && !instant.test(since)) throw new Diagnostic(`"${since}" is no FHIR instant`);
  if (patients.length > 0 && method === 'GET') throw new Diagnostic('patients can be named with POST only');
  if (target.level === 'group' && target.groupId.trim() === '') throw new Diagnostic('the group has no id');
}
