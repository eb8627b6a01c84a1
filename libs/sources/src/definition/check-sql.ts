import { X509Certificate } from 'node:crypto';
import { Diagnostic } from '@catchment/platform';
import type { SourceConfiguration, SqlConfiguration } from '@catchment/store';
import { queryOf } from '../sql/statement';

const hostName = /^[A-Za-z0-9.:-]{1,253}$/;
const thisMachine = /^(localhost|127\.\d+\.\d+\.\d+|::1|\/.*)$/;
const tableName = /^[^."]{1,63}(\.[^."]{1,63})?$/;
const mostOverlap = 7 * 24 * 60;

/**
 * Checks how a database is reached and what is read there, without asking it.
 * @throws Diagnostic naming what is wrong and what may stand there.
 */
export function checkSql(configuration: SqlConfiguration): void {
  const { host, port, database, user, tls, authority, relation, overlapMinutes } = configuration;
  if (!hostName.test(host) && !host.startsWith('/'))
    throw new Diagnostic('the host is a name or an address, for example db.practice.example');
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Diagnostic('the port is a number from 1 to 65535; PostgreSQL has 5432');
  if (database.trim() === '' || user.trim() === '')
    throw new Diagnostic('a database has a name, and a user who reads it');
  if (tls === 'off' && !thisMachine.test(host))
    throw new Diagnostic('a database of another machine is read with TLS: choose verify or encrypt');
  if (authority !== null && !isCertificate(authority))
    throw new Diagnostic('the authority is a certificate in PEM, from BEGIN to END CERTIFICATE');
  if (authority !== null && tls !== 'verify')
    throw new Diagnostic('an authority is for certificates that are checked: choose verify');
  if ('query' in relation) queryOf(relation.query);
  else if (!tableName.test(relation.table))
    throw new Diagnostic('the table is named as schema.table or table, without quotation marks');
  if (configuration.resourceColumn.trim() === '')
    throw new Diagnostic('say which column holds the resources');
  if (!Number.isInteger(overlapMinutes) || overlapMinutes < 0 || overlapMinutes > mostOverlap)
    throw new Diagnostic(`the overlap is 0 to ${mostOverlap} whole minutes`);
}

/** Can a pull take away more than is usual, so that somebody may have to allow it? CSV extracts ask their mapping. */
export function takesAway(configuration: SourceConfiguration): boolean {
  return configuration.kind === 'sql' && configuration.removesMissing;
}

export const lossIsForDatabases =
  'a loss is allowed to a database whose whole reads take away what they do not have';

/** One, or several one after the other, of which the first is read here. */
function isCertificate(text: string): boolean {
  if (!/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/.test(text.trim())) return false;
  try {
    return new X509Certificate(text).subject !== undefined;
  } catch {
    return false;
  }
}
