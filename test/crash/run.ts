/**
 * Kills loading, evaluating, publishing and rebuilding at random moments (kill -9), starts them again, and compares
 * what is left with undisturbed work:
 * `node -r ./libs/platform/testing/register-typescript.cjs test/crash/run.ts [KILLS] [SEED]`
 */
import { isDeepStrictEqual } from 'node:util';
import { CrashTrial } from './crash-trial';
import { randomMoments } from './random-moments';

async function main(count: number, seed: number): Promise<void> {
  const trial = await new CrashTrial().prepare();
  try {
    const { result, milliseconds } = await trial.undisturbed();
    process.stdout.write(
      `undisturbed: steps of ${milliseconds.map((each) => each.toFixed(0)).join(', ')} ms\n`,
    );
    const { result: after, kills } = await trial.killed(randomMoments(seed, count, milliseconds));
    for (const { step, after: moment, published } of kills)
      process.stdout.write(
        `killed in step ${step} after ${moment} ms, published: ${published.slice(0, 12)}\n`,
      );
    if (isDeepStrictEqual(after, result)) {
      process.stdout.write(`${kills.length} kills, the same: ${JSON.stringify(result, null, 1)}\n`);
    } else {
      process.stdout.write(`DIFFERENT: ${JSON.stringify(after)}\n instead of ${JSON.stringify(result)}\n`);
      process.exitCode = 1;
    }
  } finally {
    trial.close();
  }
}

const [kills = '20', seed = '1'] = process.argv.slice(2);
void main(Number(kills), Number(seed));
