/** Jest's global teardown: ends the server of `run-server.cjs`. */
const { rmSync } = require('node:fs');

module.exports = async () => {
  if (!globalThis.runServer) return;
  const { folder, server } = globalThis.runServer;
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
};
