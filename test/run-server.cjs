/**
 * Jest's global setup: one embedded PostgreSQL for a whole run, in which every spec file has databases of its own. It
 * ends with Jest, however Jest ends. With DATABASE_URL that server is used instead.
 */
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = async () => {
  if (process.env.DATABASE_URL) return;
  require('../libs/platform/testing/register-typescript.cjs');
  const { openEmbeddedServer } = require('../libs/store/src/postgres/embedded-server.ts');
  const { Client } = require('pg');
  const folder = mkdtempSync(join(tmpdir(), 'catchment-run-server-'));
  const server = await openEmbeddedServer(folder);
  const client = new Client({ connectionString: server.url });
  await client.connect();
  // What the specs write is gone with them.
  await client.query('alter system set fsync = off');
  await client.query('select pg_reload_conf()');
  await client.end();
  process.env.RUN_SERVER_URL = server.url;
  globalThis.runServer = { folder, server };
};
