#!/usr/bin/env node
/** `npx catchment …`, `npm run -s catchment -- …`: the compiled program; builds first when dist/ is missing. */
const { join, resolve } = require('node:path');
const { isBuilt, build } = require('./build.cjs');

// DuckDB's queries and libuv's file work share this pool; it can only be set before its first use.
process.env.UV_THREADPOOL_SIZE ??= '16';

try {
  if (!isBuilt()) build();
} catch (error) {
  process.stderr.write(`catchment: ${error.message}\n`);
  process.exit(1);
}
const { main } = require(join(resolve(__dirname, '../../..'), 'dist/apps/cli/src/main.js'));
void main(process.argv).then((code) => {
  process.exitCode = code;
});
