import { Diagnostic } from '@catchment/platform';

/** A database that cannot be reached, or ended the work: trying again may help. */
export class DatabaseUnreachable extends Diagnostic {}

/** States of PostgreSQL whose words are about the statement, not about values of its rows. */
const aboutStatement = /^(42|3D|3F|0A|28|25)/;
/** Connection lost, too many connections, shutting down, cancelled by a conflict. */
const passing = /^(08|53|57P|40)/;

/**
 * What went wrong at the database, with what to do. Complaints about values are told by their state only: PostgreSQL
 * quotes the values. Everything that is not of the database or its connection is given back as it is.
 */
export function sqlFailure(error: unknown): unknown {
  if (error instanceof Diagnostic || typeof error !== 'object' || error === null) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') return connectionFailure(error, String(message));
  const known = knownFailures[code];
  if (known !== undefined) return new Diagnostic(known, {}, { cause: error });
  // Before the network's, whose names begin with E as well.
  if (/^(CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO_|ERR_TLS|HOSTNAME_MISMATCH)/.test(code))
    return new Diagnostic(
      `the certificate of the database cannot be trusted (${code}): give the authority that signed it, or ask the operator of the database`,
      {},
      { cause: error },
    );
  if (/^E[A-Z_]+$/.test(code)) return networkFailure(error, code);
  if (!/^[0-9A-Z]{5}$/.test(code)) return error;
  if (passing.test(code))
    return new DatabaseUnreachable(
      `the database ended the work (${code}): ${passingAdvice}`,
      {},
      { cause: error },
    );
  if (aboutStatement.test(code))
    return new Diagnostic(
      `the database refuses the statement (${code}): ${String(message)}`,
      {},
      { cause: error },
    );
  return new Diagnostic(
    `the database failed at a value of a row (${code}): run the statement there to see which one`,
    {},
    { cause: error },
  );
}

const passingAdvice = 'the pull is tried again; where it lasts, ask the operator of the database';

const knownFailures: Partial<Record<string, string>> = {
  '28P01': 'the database does not accept user and password: set the password of the source anew',
  '28000':
    'the database does not let this user in from here, or not without TLS: check the user and pg_hba.conf there',
  '3D000': 'the server has no database of this name',
  '42501': 'the user of the source may not read that: grant it SELECT on the table or view',
  '57014':
    'the statement ran into its time limit: ask for less, or have an index made for the changed column',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'the certificate of the database is of another host: give the host by the name that the certificate has',
  '25006': 'the statement writes: only reading ones are run',
};

function networkFailure(error: object, code: string): Error {
  if (code === 'ENOTFOUND')
    return new Diagnostic('there is no server of this name: check the host', {}, { cause: error });
  return new DatabaseUnreachable(
    `the database cannot be reached (${code}): check host and port, and whether a firewall lets this machine in`,
    {},
    { cause: error },
  );
}

/** pg has no codes for some ends of a connection. */
function connectionFailure(error: object, message: string): unknown {
  if (/does not support SSL/.test(message))
    return new Diagnostic('the database offers no TLS: have it switched on there', {}, { cause: error });
  if (/timeout|Connection terminated|not queryable/i.test(message))
    return new DatabaseUnreachable(
      `the connection to the database was lost: ${passingAdvice}`,
      {},
      { cause: error },
    );
  return error;
}
