/**
 * How long a job stays with a worker that gives no sign of life. A worker that was killed with -9 leaves its job
 * locked; after at most 15 + 10 seconds another takes it, up to five times, so that work which kills its worker does
 * not go on for ever. A worker that lives renews its lock every 7.5 seconds.
 */
export const jobLease = { concurrency: 1, lockDuration: 15_000, stalledInterval: 10_000, maxStalledCount: 5 };
