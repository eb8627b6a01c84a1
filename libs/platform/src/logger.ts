import pino, { type Logger } from 'pino';

export type { Logger };

/**
 * A structured logger (JSON lines on standard error; standard output belongs to results).
 * Log what happened and opaque run, job and user ids; never a patient's data or identifiers, nor SQL values.
 */
export function createLogger(name: string): Logger {
  return pino(
    {
      name,
      level: process.env.LOG_LEVEL ?? 'info',
      base: { process: name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: ['password', '*.password', 'req.headers', 'res.headers'], remove: true },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
