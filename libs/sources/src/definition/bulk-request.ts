import type { BulkConfiguration, SourceConfiguration } from '@catchment/store';
import type { BulkServer } from '../bulk/bulk-client';
import type { ClientKey } from '../bulk/client-keys';
import type { ExportLevel, ExportRequest } from '../bulk/export-request';

/** @param since what changed after it; null: everything */
export function exportRequestOf(configuration: BulkConfiguration, since: string | null): ExportRequest {
  const { types, typeFilters, elements, method } = configuration;
  return {
    target: targetOf(configuration),
    types,
    typeFilters,
    elements,
    method,
    ...(since !== null && { since }),
  };
}

function targetOf({ level, groupId }: BulkConfiguration): ExportLevel {
  return level === 'group' ? { level, groupId: groupId ?? '' } : { level };
}

/** @param key needed for every server that knows this client */
export function serverOf(configuration: BulkConfiguration, key: ClientKey | undefined): BulkServer {
  const { endpoint, clientId, tokenUrl, scope, fileHosts } = configuration;
  const identity =
    clientId !== null && key ? { clientId, key, scope, tokenUrl: tokenUrl ?? undefined } : undefined;
  return { base: endpoint, identity, fileHosts };
}

/** Does a changed configuration ask for other resources? Then changes since the last pull are not all that is missing. */
export function asksForOthers(before: SourceConfiguration, after: SourceConfiguration): boolean {
  return askedFor(before) !== askedFor(after);
}

/** What decides which resources a pull brings; the rest is how the source is reached. */
function askedFor(configuration: SourceConfiguration): string {
  if (configuration.kind === 'folder' || configuration.kind === 'csv') return configuration.kind;
  if (configuration.kind === 'sql') {
    const { host, port, database, relation, resourceColumn, changedColumn, deletedColumn } = configuration;
    return JSON.stringify([host, port, database, relation, resourceColumn, changedColumn, deletedColumn]);
  }
  const { endpoint, level, groupId, types, typeFilters, elements, scope } = configuration;
  return JSON.stringify([endpoint, level, groupId, types, typeFilters, elements, scope]);
}
