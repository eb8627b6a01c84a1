import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layInOutbox } from './outbox';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'reports-outbox-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

it('lays the files as one folder', async () => {
  const files = await layInOutbox(dataDir, '2026-11-30-weekly', async (folder) => {
    await writeFile(join(folder, 'b.xlsx'), 'b');
    await writeFile(join(folder, 'a.pdf'), 'a');
    expect(await readdir(join(dataDir, 'outbox'))).not.toContain('2026-11-30-weekly');
  });
  expect(files).toEqual(['2026-11-30-weekly/a.pdf', '2026-11-30-weekly/b.xlsx']);
  expect(await readdir(join(dataDir, 'outbox'))).toEqual(['2026-11-30-weekly']);
});

it('leaves nothing of a delivery that failed half-way', async () => {
  const attempt = layInOutbox(dataDir, 'x', async (folder) => {
    await writeFile(join(folder, 'a.pdf'), 'half');
    throw new Error('printer on fire');
  });
  await expect(attempt).rejects.toThrow('printer on fire');
  expect(await readdir(join(dataDir, 'outbox'))).toEqual([]);
});

it('does not write a finished delivery twice', async () => {
  await mkdir(join(dataDir, 'outbox', 'x'), { recursive: true });
  await writeFile(join(dataDir, 'outbox', 'x', 'a.pdf'), 'first');
  const write = jest.fn();
  expect(await layInOutbox(dataDir, 'x', write)).toEqual(['x/a.pdf']);
  expect(write).not.toHaveBeenCalled();
});

it('says so when the outbox cannot be written', async () => {
  await writeFile(join(dataDir, 'outbox'), 'a file where the folder should be');
  await expect(layInOutbox(dataDir, 'x', jest.fn())).rejects.toThrow(
    /the outbox folder can't be written \(EEXIST\)/,
  );
});
