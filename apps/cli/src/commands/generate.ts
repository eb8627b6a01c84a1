import type { Command } from 'commander';
import { Unsupported } from '@catchment/platform';

/** `catchment generate`: placeholder until its part lands. */
export function register(program: Command): void {
  program.command('generate').action(() => {
    throw new Unsupported('the command generate');
  });
}
