/** Writes `sql/compiled/` anew, after a change of a starter measure or of the compiler: `npm run -s compiled` */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiledFolder, compileStarterMeasures } from './compiled-measures';

async function main(): Promise<void> {
  const files = await compileStarterMeasures();
  rmSync(compiledFolder, { recursive: true, force: true });
  mkdirSync(compiledFolder, { recursive: true });
  for (const [file, sql] of files) writeFileSync(join(compiledFolder, file), sql);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
