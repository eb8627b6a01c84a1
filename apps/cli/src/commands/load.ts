import type { Command } from 'commander';
import { Unsupported } from '@catchment/platform';

/** `catchment load`: placeholder until its part lands. */
export function register(program: Command): void {
  program.command('load').action(() => {
    throw new Unsupported('the command load');
  });
}
