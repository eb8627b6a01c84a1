/** For the queue: a pull that a connection or an overloaded server made fail is tried after 1, 2, 4 and 8 minutes. */
export const pullAttempts = { attempts: 5, backoff: { type: 'exponential', delay: 60_000 } };
