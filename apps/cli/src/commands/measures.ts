import type { Command } from 'commander';
import { Unsupported } from '@catchment/platform';

/** `catchment measures`: placeholder until its part lands. */
export function register(program: Command): void {
  program.command('measures').action(() => {
    throw new Unsupported('the command measures');
  });
}
