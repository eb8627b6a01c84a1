import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { checkPort } from './port';

it('says which port is taken and how to take another', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(checkPort(port, '127.0.0.1')).rejects.toThrow(`port ${port} is in use by another program`);
  await new Promise((resolve) => server.close(resolve));
  await expect(checkPort(port, '127.0.0.1')).resolves.toBeUndefined();
}, 20_000);

it('waits for a service that is just ending', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  setTimeout(() => server.close(), 600);
  await expect(checkPort(port, '127.0.0.1')).resolves.toBeUndefined();
});

it('names an address that is not this machine', async () => {
  await expect(checkPort(3000, '192.0.2.1')).rejects.toThrow("can't listen on 192.0.2.1");
});
