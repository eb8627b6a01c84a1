import { Command, CommanderError } from 'commander';
import { Defect, Diagnostic, optimiseLate, Unsupported } from '@catchment/platform';
import * as generate from './commands/generate';
import * as csv from './commands/csv';
import * as load from './commands/load';
import * as quality from './commands/quality';
import * as pull from './commands/pull';
import * as rebuild from './commands/rebuild';
import * as attribution from './commands/attribution';
import * as identity from './commands/identity';
import * as sources from './commands/sources';
import * as measures from './commands/measures';
import * as valuesets from './commands/valuesets';
import * as evaluate from './commands/evaluate';
import * as explain from './commands/explain';
import * as report from './commands/report';
import * as conformance from './commands/conformance';
import * as cqlTests from './commands/cql-tests';
import * as start from './commands/start';
import * as users from './commands/users';

const commands = [
  generate,
  load,
  csv,
  pull,
  quality,
  sources,
  rebuild,
  attribution,
  identity,
  measures,
  valuesets,
  evaluate,
  explain,
  report,
  conformance,
  cqlTests,
  start,
  users,
];

/** The command line program: one file per command under `commands/`, each registers itself. */
export function createProgram(): Command {
  const program = new Command('catchment')
    .description('Population health analytics: quality measures over a whole population')
    .exitOverride()
    .showHelpAfterError();
  for (const command of commands) command.register(program);
  return program;
}

/**
 * Exit codes: 0 done · 1 something the caller can put right, or not supported · 2 wrong usage ·
 * 70 our own bug (the only case with a stack trace).
 */
export async function main(argv: string[]): Promise<number> {
  optimiseLate();
  try {
    await createProgram().parseAsync(argv);
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Diagnostic || error instanceof Unsupported) {
      process.stderr.write(`catchment: ${error.message}\n`);
      return 1;
    }
    const defect = error instanceof Defect ? error : new Defect('unexpected failure', { cause: error });
    process.stderr.write(`catchment: this is a bug of Catchment: ${defect.stack}\n`);
    if (defect.cause instanceof Error) process.stderr.write(`caused by: ${defect.cause.stack}\n`);
    return 70;
  }
}

if (require.main === module) {
  void main(process.argv).then((code) => {
    process.exitCode = code;
  });
}
