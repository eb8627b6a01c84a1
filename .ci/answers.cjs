#!/usr/bin/env node
/** answers.cjs URL…: exit code 0 when something listens at every address. */
const { connect } = require('node:net');

async function answers(address) {
  const { hostname, port, protocol } = new URL(address);
  const defaultPort = protocol === 'redis:' ? 6379 : 5432;
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || defaultPort, timeout: 2000 });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

Promise.all(process.argv.slice(2).map(answers)).then((all) => {
  process.exitCode = all.every(Boolean) ? 0 : 1;
});
