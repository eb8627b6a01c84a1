import type { Command } from 'commander';
import { Unsupported } from '@catchment/platform';

/** `catchment valuesets`: placeholder until its part lands. */
export function register(program: Command): void {
  program.command('valuesets').action(() => {
    throw new Unsupported('the command valuesets');
  });
}
