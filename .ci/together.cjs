/**
 * `node .ci/together.cjs SCRIPT…`: npm scripts that need nothing of each other, one per processor at a time, in the order
 * given. The output of each comes as a whole, under its name, when it has ended; exit code 1 when one has failed.
 */
const { spawn } = require('node:child_process');
const { availableParallelism } = require('node:os');

const waiting = process.argv.slice(2);
const failed = [];

/** Resolves when the script has ended. */
function run(script) {
  const started = Date.now();
  const child = spawn('npm', ['run', '-s', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const end = code === 0 ? 'passed' : 'FAILED';
      process.stdout.write(
        `${Buffer.concat(output)}${script} ${end} (${Math.round((Date.now() - started) / 1000)} s)\n`,
      );
      if (code !== 0) failed.push(script);
      resolve();
    });
  });
}

async function worker() {
  for (let script = waiting.shift(); script; script = waiting.shift()) await run(script);
}

Promise.all(Array.from({ length: availableParallelism() }, worker)).then(() => {
  if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
});
