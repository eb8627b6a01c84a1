import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@catchment/platform';

const run = promisify(execFile);

/** Bundles the web app as it is now, whatever an earlier build left in dist/. @returns a temporary folder */
export async function bundleWebApp(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'catchment-web-app-'));
  const vite = join(projectRoot(), 'node_modules', 'vite', 'bin', 'vite.js');
  // Jest's NODE_ENV would bundle React's development build.
  const env = { ...process.env, NODE_ENV: 'production' };
  await run(process.execPath, [vite, 'build', 'dashboards', '--outDir', folder, '--emptyOutDir'], {
    cwd: projectRoot(),
    env,
  });
  return folder;
}
