import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { Diagnostic, type Settings } from '@catchment/platform';
import { checkSchedule, embeddedSocketFolder, type BulkConfiguration, type Source } from '@catchment/store';
import { checkAddress } from '../bulk/endpoint';
import { kickOff } from '../bulk/export-request';
import { exportRequestOf } from './bulk-request';
import { checkSql } from './check-sql';

/** What a person says about a source. */
export type SourceDefinition = Pick<
  Source,
  'name' | 'configuration' | 'cron' | 'timeZone' | 'enabled' | 'evaluateAfter' | 'fullEveryDays'
>;

const sourceName = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}$/;
const hostName = /^[A-Za-z0-9.-]+(:\d{1,5})?$/;
const mostDays = 3660;

/**
 * Checks a source before it is kept.
 * @throws Diagnostic naming what is wrong and what may stand there.
 */
export function checkSource(definition: SourceDefinition, settings: Settings): void {
  const { name, configuration, cron, timeZone, fullEveryDays } = definition;
  if (!sourceName.test(name))
    throw new Diagnostic(
      'the name of a source begins with a letter or digit and has letters, digits, spaces, dots, dashes, at most 63',
    );
  if (cron !== null && timeZone === null) throw new Diagnostic('a schedule needs a time zone');
  if (cron === null && timeZone !== null) throw new Diagnostic('a time zone without a schedule');
  if (cron !== null && timeZone !== null) checkSchedule({ cron, timeZone });
  if (
    fullEveryDays !== null &&
    (!Number.isInteger(fullEveryDays) || fullEveryDays < 0 || fullEveryDays > mostDays)
  )
    throw new Diagnostic(`the interval of full exports is 0 to ${mostDays} whole days`);
  switch (configuration.kind) {
    case 'bulk':
      return checkBulk(configuration);
    case 'folder':
    case 'csv':
      return checkFolder(configuration.path, settings);
    case 'sql':
      refuseOwnServer(configuration.host, settings);
      return checkSql(configuration);
  }
}

function checkBulk(configuration: BulkConfiguration): void {
  const { endpoint, level, groupId, clientId, tokenUrl, scope, fileHosts } = configuration;
  const base = checkAddress(endpoint, 'the address of the FHIR server');
  if (base.search || base.hash) throw new Diagnostic('the address of the FHIR server ends without ? and #');
  if (level !== 'group' && groupId !== null)
    throw new Diagnostic('a group is named, and the level is another one');
  // Types, filters and the group are what the kick-off itself refuses.
  kickOff(base, exportRequestOf(configuration, null));
  if (clientId === null && tokenUrl !== null)
    throw new Diagnostic('a token address without the id of this client at the server');
  if (tokenUrl !== null) checkAddress(tokenUrl, 'the token address');
  if (clientId !== null && scope.trim() === '')
    throw new Diagnostic('a token needs scopes, for example system/*.rs');
  const wrong = fileHosts.find((host) => !hostName.test(host));
  if (wrong !== undefined) throw new Diagnostic(`"${wrong}" is no host, for example files.ehr.example`);
}

function checkFolder(path: string | null, { dataDir, sourceFolders = [] }: Settings): void {
  if (path === null) return;
  if (!isAbsolute(path)) throw new Diagnostic('the folder is given by its whole path, from the root');
  if (isWithin(path, dataDir))
    throw new Diagnostic('the folder lies in the data folder of the service itself');
  if (sourceFolders.some((root) => isWithin(path, root))) return;
  const allowed = sourceFolders.length > 0 ? `below ${sourceFolders.join(', ')}` : 'nowhere yet';
  throw new Diagnostic(
    `files are taken from folders that SOURCE_FOLDERS of the service names (${allowed}), or from the source's own`,
  );
}

/** The embedded server asks nobody for a password: through it, keys and passwords of all sources could be read. */
function refuseOwnServer(host: string, { dataDir }: Settings): void {
  if (!isAbsolute(host)) return;
  const own = [dataDir, embeddedSocketFolder(resolve(dataDir))];
  if (own.some((folder) => isWithin(realPath(host), realPath(folder))))
    throw new Diagnostic('that is the database of the service itself: it is no source');
}

/** Without links on the way, where there is such a path. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** Is a path the folder itself or below it? */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}
