/**
 * Jest setup: each of Jest's workers has a Redis database of its own, for specs empty their queues and look at all that
 * waits in them.
 */
if (process.env.REDIS_URL) {
  const url = new URL(process.env.REDIS_URL);
  url.pathname = `/${process.env.JEST_WORKER_ID}`;
  process.env.REDIS_URL = url.href;
}
