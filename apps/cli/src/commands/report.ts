import type { Command } from 'commander';
import { Unsupported } from '@catchment/platform';

/** `catchment report`: placeholder until its part lands. */
export function register(program: Command): void {
  program.command('report').action(() => {
    throw new Unsupported('the command report');
  });
}
