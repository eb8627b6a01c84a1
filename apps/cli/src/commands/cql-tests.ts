import type { Command } from 'commander';
import { Unsupported } from '@catchment/platform';

/** `catchment cql-tests`: placeholder until its part lands. */
export function register(program: Command): void {
  program.command('cql-tests').action(() => {
    throw new Unsupported('the command cql-tests');
  });
}
