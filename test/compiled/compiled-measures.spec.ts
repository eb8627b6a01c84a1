import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compiledFolder, compileStarterMeasures } from './compiled-measures';

const remedy =
  'To write sql/compiled/ anew: npm run -s compiled; then read the difference before it is committed.';

/** The first line in which two texts differ, as found in the repository and as compiled now; undefined when equal. */
function firstDifference(committed: string, compiled: string): string | undefined {
  if (committed === compiled) return undefined;
  const [before, after] = [committed.split('\n'), compiled.split('\n')];
  const at = after.findIndex((line, index) => line !== before[index]);
  const line = at < 0 ? after.length : at;
  const column = [...(after[line] ?? '')].findIndex((char, index) => char !== before[line]?.[index]);
  const excerpt = (lines: string[]): string =>
    lines[line]?.slice(Math.max(0, column - 60), Math.max(0, column) + 100) ?? '(end of file)';
  return `line ${line + 1}\n  committed: ${excerpt(before)}\n  compiled:  ${excerpt(after)}`;
}

it('sql/compiled is what the compiler makes of the starter measures', async () => {
  const compiled = await compileStarterMeasures();
  const committed = existsSync(compiledFolder) ? readdirSync(compiledFolder).sort() : [];
  const differences = [...compiled].flatMap(([file, sql]) => {
    if (!committed.includes(file)) return [`${file} is missing`];
    const difference = firstDifference(readFileSync(join(compiledFolder, file), 'utf8'), sql);
    return difference === undefined ? [] : [`${file}, ${difference}`];
  });
  for (const file of committed)
    if (!compiled.has(file)) differences.push(`${file} belongs to no starter measure`);
  if (differences.length > 0) throw new Error([...differences, remedy].join('\n'));
  expect(compiled.size).toBe(10);
});
