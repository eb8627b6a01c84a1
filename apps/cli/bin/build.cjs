#!/usr/bin/env node
/**
 * Compiles the TypeScript of apps/ and libs/ to dist/ and bundles the web app to dist/dashboards.
 * `npm ci` runs it (package.json, "prepare"); without --force it does nothing when dist/ is complete and no source is newer.
 *
 * sql/, json and csv files are not copied: the code reads them from the checkout (projectRoot() in libs/platform).
 */
const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../../..');
const dist = join(root, 'dist');
/** Written last: a build that was interrupted half-way is not taken for a complete one. */
const stamp = join(dist, '.complete');

function isBuilt() {
  return existsSync(stamp);
}

/** True when a source is newer than the build, as after a `git pull`. */
function isStale() {
  const built = statSync(stamp).mtimeMs;
  return ['apps', 'libs', 'dashboards', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].some(
    (part) => newerThan(join(root, part), built),
  );
}

function newerThan(path, time) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return false;
  if (!stat.isDirectory()) return stat.mtimeMs > time;
  return readdirSync(path).some((entry) => newerThan(join(path, entry), time));
}

function run(title, script, args) {
  const started = Date.now();
  const { status, error } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    // Results of commands go to standard output; what the build says is no result.
    stdio: ['ignore', 2, 2],
  });
  if (error || status !== 0) throw new Error(`${title} failed${error ? `: ${error.message}` : ''}`);
  process.stderr.write(`build: ${title} ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/**
 * Nest's compiler rewrites `@catchment/<lib>` in static imports only. These small packages make the same names
 * resolve for `await import()` and require(), too.
 */
function linkLibraries() {
  for (const lib of readdirSync(join(root, 'libs'))) {
    const folder = join(dist, 'node_modules', '@catchment', lib);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'index.js'),
      `module.exports = require('../../../libs/${lib}/src/index.js');\n`,
    );
  }
}

function build() {
  rmSync(dist, { recursive: true, force: true });
  run('services', require.resolve('@nestjs/cli/bin/nest.js'), ['build', 'api']);
  linkLibraries();
  if (existsSync(join(root, 'dashboards', 'index.html'))) {
    run('web app', join(root, 'node_modules', 'vite', 'bin', 'vite.js'), [
      'build',
      'dashboards',
      '--outDir',
      join(dist, 'dashboards'),
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ]);
  }
  writeFileSync(stamp, `${new Date().toISOString()}\n`);
}

module.exports = { isBuilt, build };

if (require.main === module && (process.argv.includes('--force') || !isBuilt() || isStale())) {
  try {
    build();
  } catch (error) {
    process.stderr.write(`build: ${error.message}\n`);
    process.exitCode = 1;
  }
}
