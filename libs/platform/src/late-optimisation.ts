import { setFlagsFromString } from 'node:v8';

/**
 * Makes V8 of Node 20 optimise a function after ten times as much work in it as by default, for processes that compile
 * measures: the compiler's many functions run for milliseconds each, and optimising them in the background costs more
 * than it saves (docs/adr/0016). What stays hot is optimised all the same. Node 22 and later wait longer by themselves.
 */
export function optimiseLate(): void {
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=700000');
}
