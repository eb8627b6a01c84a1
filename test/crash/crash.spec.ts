import { CrashTrial } from './crash-trial';
import { randomMoments } from './random-moments';

/** A handful of the kills of `run.ts`. */
describe('work that is killed', () => {
  it('begun again leaves the same content and the same published numbers', async () => {
    const trial = await new CrashTrial().prepare();
    try {
      const { result, milliseconds } = await trial.undisturbed();
      const { result: after, kills } = await trial.killed(randomMoments(7, 7, milliseconds));
      expect(kills.length).toBeGreaterThan(3);
      expect(after).toEqual(result);
    } finally {
      trial.close();
    }
  }, 180_000);
});
