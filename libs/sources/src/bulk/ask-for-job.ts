import { Diagnostic } from '@catchment/platform';
import type { KickOff } from './export-request';
import type { ExportRecord, ExportState } from './export-state';
import { refusal, ServerRefusal } from './fhir-http';

const what = 'the kick-off';

export interface Asking {
  now: Date;
  send: (request: KickOff & { what: string }) => Promise<Response>;
}

/**
 * Asks the server for a job. That it is asked for is noted before: when this machine ends between the server's answer
 * and the note of its address, the next export knows that a job may be left.
 * @returns where the job's status is asked for, and when a job was lost before
 * @throws Diagnostic when the server refuses; it names a job that may be in the way.
 */
export async function askForJob(
  record: ExportRecord,
  start: KickOff,
  { now, send }: Asking,
): Promise<Pick<ExportState, 'kickedOffAt' | 'lostJobAt'> & { location: string }> {
  const lostJobAt = record.lostJob();
  record.intend(now);
  try {
    const location = await locationOf(await send({ ...start, what }));
    return { location, kickedOffAt: now.toISOString(), ...(lostJobAt !== undefined && { lostJobAt }) };
  } catch (error) {
    // Without an answer nobody knows whether there is a job.
    if (!(error instanceof ServerRefusal) || error.status === 0) throw error;
    if (lostJobAt !== undefined) throw hintingAt(error, lostJobAt);
    record.forgetIntent();
    throw error;
  }
}

async function locationOf(response: Response): Promise<string> {
  if (response.status !== 202) {
    if (!response.ok) throw await refusal(response, what);
    await response.body?.cancel();
    throw new Diagnostic(`${what} was answered with status ${response.status} in place of 202`);
  }
  await response.body?.cancel();
  const location = response.headers.get('content-location');
  if (!location) throw new Diagnostic(`${what} was accepted without a Content-Location`);
  return location;
}

function hintingAt({ message, status, issues }: ServerRefusal, lostJobAt: string): ServerRefusal {
  const hint = `a job that was begun at ${lostJobAt} and not noted may still be in work there; have it ended at the server`;
  return new ServerRefusal(`${message}; ${hint}`, status, issues);
}
