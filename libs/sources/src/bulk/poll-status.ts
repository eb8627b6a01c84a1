import { Diagnostic } from '@catchment/platform';
import { readJson, refusal } from './fhir-http';
import { isTransient } from './outcome';
import { backOff, retryAfter, type Pacing } from './pacing';

export interface PollOptions {
  pacing: Pacing;
  signal?: AbortSignal;
  /** Epoch milliseconds after which the job is given up. */
  until: number;
  onProgress: (said: string | undefined) => void;
}

const firstPause = 1_000;
const longestPause = 60_000;
/** Servers say "hours" for a job of minutes: so long at most is waited between two looks. */
const longestAsked = 300_000;
/** So often in a row a server may fail for a time. */
const patience = 10;

/**
 * Asks for the status of a job until it is complete.
 * @returns the manifest's JSON
 * @throws ServerRefusal when the job failed, Diagnostic when it takes too long.
 */
export async function pollStatus(
  ask: (url: URL, what: string) => Promise<Response>,
  status: URL,
  { pacing, signal, until, onProgress }: PollOptions,
): Promise<unknown> {
  const what = 'the status request';
  for (let looks = 0, failures = 0; ; looks++) {
    const response = await ask(status, what);
    // With `separate-export-status` the answer is 200 and the job's own status stands in a header.
    const separate = response.headers.get('x-export-status');
    const code = separate ? Number(separate) : response.status;
    if (code === 200) return readJson(response, what);
    if (code !== 202 && code !== 429) {
      const refused = await refusal(response, what);
      if (!isTransient(refused.issues) || ++failures >= patience) throw refused;
    } else {
      await response.body?.cancel();
      failures = 0;
      onProgress(response.headers.get('x-progress')?.slice(0, 100) ?? undefined);
    }
    const asked = retryAfter(response.headers.get('retry-after'), pacing.clock.now());
    const pause = Math.max(
      asked === undefined ? backOff(looks, firstPause, longestPause) : Math.min(asked, longestAsked),
      100,
    );
    if (pacing.clock.now().getTime() + pause > until)
      throw new Diagnostic(`the server's job is not complete after ${looks + 1} looks; it was given up`);
    await pacing.sleep(pause, signal);
  }
}
