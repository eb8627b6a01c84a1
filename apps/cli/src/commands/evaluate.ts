import type { Command } from 'commander';
import { Unsupported } from '@catchment/platform';

/** `catchment evaluate`: placeholder until its part lands. */
export function register(program: Command): void {
  program.command('evaluate').action(() => {
    throw new Unsupported('the command evaluate');
  });
}
