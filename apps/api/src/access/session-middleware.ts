import type { RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import connectPgSimple from 'connect-pg-simple';
import type { Pool } from 'pg';
import { schemaName } from '@catchment/store';
import './session-data';

export const sessionCookie = 'catchment';

const idleMs = 30 * 60 * 1000;
const longestMs = 12 * 60 * 60 * 1000;
/** A busy session's expiry is written at most this often. */
const touchEveryMs = 60 * 1000;

const PostgresStore = connectPgSimple(session);

/** Sessions in PostgreSQL, without a write on every request. */
class SessionStore extends PostgresStore {
  private readonly touched = new Map<string, number>();

  override touch(id: string, data: SessionData, done?: () => void): void {
    if (Date.now() - (this.touched.get(id) ?? 0) < touchEveryMs) {
      done?.();
      return;
    }
    if (this.touched.size > 10_000) this.touched.clear();
    this.touched.set(id, Date.now());
    super.touch(id, data, done);
  }
}

/**
 * Sessions: an opaque random id in a signed cookie that scripts can't read (HttpOnly) and other sites can't send
 * (SameSite=Strict); everything else stays in PostgreSQL. Ends after 30 idle minutes, or 12 hours.
 */
export function sessionMiddleware(pool: Pool, secret: string): RequestHandler {
  const store = new SessionStore({ pool, schemaName, tableName: 'session', errorLog: () => undefined });
  return session({
    name: sessionCookie,
    secret,
    store,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    // `auto`: Secure behind TLS, also behind a proxy that says so; plain HTTP on a laptop still works.
    cookie: { httpOnly: true, sameSite: 'strict', secure: 'auto', maxAge: idleMs, path: '/' },
  });
}

/** Ends sessions that are older than twelve hours. */
export function endOldSessions(): RequestHandler {
  return (request, _response, next) => {
    const { signedInAt } = request.session;
    if (signedInAt !== undefined && Date.now() - signedInAt > longestMs) request.session.destroy(next);
    else next();
  };
}
