import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Diagnostic } from '@catchment/platform';

/** So long the API of a service that was killed may take to notice it and end. */
const patience = 5_000;

/**
 * Makes sure that the address can be listened on, before anything is started for it.
 * @throws Diagnostic when another program has it, or this user may not.
 */
export async function checkPort(port: number, host: string): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    const code = await tryListening(port, host);
    if (code === undefined) return;
    if (code !== 'EADDRINUSE') throw new Diagnostic(`can't listen on ${host}, port ${port} (${code})`);
    if (Date.now() > deadline) {
      throw new Diagnostic(
        `port ${port} is in use by another program: stop it, or choose another port, for example PORT=${port + 1} npm start`,
      );
    }
    await sleep(250);
  }
}

/** Undefined when it works, else the system's error code. */
async function tryListening(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
