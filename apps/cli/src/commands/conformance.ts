import type { Command } from 'commander';
import { Unsupported } from '@catchment/platform';

/** `catchment conformance`: placeholder until its part lands. */
export function register(program: Command): void {
  program.command('conformance').action(() => {
    throw new Unsupported('the command conformance');
  });
}
