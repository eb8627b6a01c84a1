/** One line of a benchmark's report: what was measured, and the figure. */
export function print(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(64)}${value}\n`);
}
