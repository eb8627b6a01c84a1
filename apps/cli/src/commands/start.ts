import type { Command } from 'commander';
import { Unsupported } from '@catchment/platform';

/** `catchment start`: placeholder until its part lands. */
export function register(program: Command): void {
  program.command('start').action(() => {
    throw new Unsupported('the command start');
  });
}
