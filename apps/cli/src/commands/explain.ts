import type { Command } from 'commander';
import { Unsupported } from '@catchment/platform';

/** `catchment explain`: placeholder until its part lands. */
export function register(program: Command): void {
  program.command('explain').action(() => {
    throw new Unsupported('the command explain');
  });
}
