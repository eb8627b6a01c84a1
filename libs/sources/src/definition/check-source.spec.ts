import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  embeddedSocketFolder,
  type BulkConfiguration,
  type SourceConfiguration,
  type SqlConfiguration,
} from '@catchment/store';
import { asksForOthers } from './bulk-request';
import { checkSource, type SourceDefinition } from './check-source';

const settings = { dataDir: '/srv/catchment', port: 0, sourceFolders: ['/mnt/feeds'] };

const bulk: BulkConfiguration = {
  kind: 'bulk',
  endpoint: 'https://ehr.example/fhir',
  level: 'group',
  groupId: 'panel',
  types: ['Patient', 'Condition'],
  typeFilters: [],
  elements: [],
  method: 'GET',
  clientId: 'catchment',
  tokenUrl: null,
  scope: 'system/*.rs',
  fileHosts: [],
};

/** A database of this machine, for `off` is for those only. */
const sql: SqlConfiguration = {
  kind: 'sql',
  host: '127.0.0.1',
  port: 5432,
  database: 'emr',
  user: 'reader',
  tls: 'off',
  authority: null,
  relation: { table: 'fhir.resource' },
  resourceColumn: 'resource',
  changedColumn: null,
  deletedColumn: null,
  removesMissing: false,
  overlapMinutes: 10,
};

function check(change: Partial<SourceDefinition>, configuration: SourceConfiguration = bulk): void {
  const definition = { cron: null, timeZone: null, enabled: true, evaluateAfter: true, fullEveryDays: null };
  checkSource({ name: 'main ehr', configuration, ...definition, ...change }, settings);
}

describe('a source', () => {
  it('is taken as it should be', () => {
    expect(() => check({})).not.toThrow();
    expect(() => check({ cron: '15 2 * * *', timeZone: 'America/Chicago', fullEveryDays: 30 })).not.toThrow();
    expect(() => check({}, { kind: 'folder', path: null })).not.toThrow();
    expect(() => check({}, { kind: 'folder', path: '/mnt/feeds/lab' })).not.toThrow();
  });

  it.each<[string, Partial<SourceDefinition>, RegExp]>([
    ['a name that leaves its folder', { name: '../main' }, /the name of a source begins/],
    ['no name', { name: '' }, /the name of a source begins/],
    ['a schedule without a zone', { cron: '0 2 * * *' }, /needs a time zone/],
    ['a zone that is none', { cron: '0 2 * * *', timeZone: 'Mars/Base' }, /"Mars\/Base" is no time zone/],
    ['a pattern that is none', { cron: 'nightly', timeZone: 'UTC' }, /five fields/],
    ['a negative interval', { fullEveryDays: -1 }, /0 to 3660 whole days/],
  ])('is refused with %s', (_what, change, complaint) => {
    expect(() => check(change)).toThrow(complaint);
  });

  it.each<[string, Partial<BulkConfiguration>, RegExp]>([
    ['a server without TLS', { endpoint: 'http://ehr.example/fhir' }, /must be https/],
    ['a password in the address', { endpoint: 'https://a:b@ehr.example/fhir' }, /name or password/],
    ['a query in the address', { endpoint: 'https://ehr.example/fhir?x=1' }, /ends without \? and #/],
    ['a group without an id', { groupId: ' ' }, /the group has no id/],
    ['a group for the whole system', { level: 'system' }, /the level is another one/],
    ['a type that is none', { types: ['patients'] }, /"patients" is no resource type/],
    ['a filter of another type', { typeFilters: ['Observation?code=x'] }, /not among the types/],
    [
      'a token address of nobody',
      { clientId: null, tokenUrl: 'https://ehr.example/token' },
      /without the id/,
    ],
    ['no scopes', { scope: ' ' }, /needs scopes/],
    ['a host that is an address', { fileHosts: ['https://files.example/'] }, /is no host/],
  ])('of bulk data is refused with %s', (_what, change, complaint) => {
    expect(() => check({}, { ...bulk, ...change })).toThrow(complaint);
  });

  it.each<[string, string, RegExp]>([
    ['of the service itself', '/srv/catchment/landing', /data folder of the service itself/],
    ['that nobody allowed', '/etc', /SOURCE_FOLDERS.*below \/mnt\/feeds/],
    ['beside an allowed one', '/mnt/feeds-of-others', /SOURCE_FOLDERS/],
    ['above an allowed one', '/mnt/feeds/../..', /SOURCE_FOLDERS/],
    ['that depends on where the service started', 'feeds', /whole path/],
  ])('is refused with a folder %s', (_what, path, complaint) => {
    expect(() => check({}, { kind: 'folder', path })).toThrow(complaint);
  });

  it.each<[string, string, RegExp | null]>([
    ['the embedded one of the service', '/srv/catchment/postgres/socket', /of the service itself/],
    ['the same by another way', '/srv/other/../catchment/postgres/./socket/', /of the service itself/],
    ['one of this machine', '/var/run/postgresql', null],
  ])('reads a database behind a socket: %s', (_what, host, complaint) => {
    const attempt = (): void => check({}, { ...sql, host });
    if (complaint === null) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(complaint);
  });

  it('reads no embedded database of the service whose folder is linked elsewhere, or named too long', () => {
    const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'catchment-check-')));
    try {
      const long = join(dataDir, 'x'.repeat(120));
      mkdirSync(join(dataDir, 'postgres/socket'), { recursive: true });
      symlinkSync(dataDir, join(dataDir, 'link'));
      const define = (host: string, folder: string) => () =>
        checkSource(
          {
            ...{ name: 'own', cron: null, timeZone: null, enabled: true, evaluateAfter: true },
            ...{ fullEveryDays: null, configuration: { ...sql, host } },
          },
          { ...settings, dataDir: folder },
        );
      expect(define(join(dataDir, 'link/postgres/socket'), dataDir)).toThrow(/of the service itself/);
      expect(define(join(dataDir, 'postgres/socket'), join(dataDir, 'link'))).toThrow(
        /of the service itself/,
      );
      expect(define(embeddedSocketFolder(long), long)).toThrow(/of the service itself/);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  it('asks for others after a change of what is asked, not of how the server is reached', () => {
    expect(asksForOthers(bulk, { ...bulk, types: ['Patient'] })).toBe(true);
    expect(asksForOthers(bulk, { ...bulk, groupId: 'other' })).toBe(true);
    expect(asksForOthers(bulk, { ...bulk, scope: 'system/Patient.rs' })).toBe(true);
    expect(asksForOthers(bulk, { ...bulk, clientId: 'renamed', method: 'POST', fileHosts: ['f'] })).toBe(
      false,
    );
  });
});
