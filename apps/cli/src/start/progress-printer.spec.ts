import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeProgress, type Progress, type StepState } from '@catchment/platform';
import { ProgressPrinter } from './progress-printer';

function progress(state: Progress['state'], load: StepState, percent: number): Progress {
  return {
    state,
    steps: [
      { name: 'database', title: 'Database', state: 'done', percent: 100 },
      { name: 'load', title: 'Loading', state: load, percent, detail: '12 of 24 files' },
    ],
    updatedAt: '2026-11-25T00:00:00.000Z',
  };
}

it('prints one line per finished step, once', () => {
  let text = '';
  const printer = new ProgressPrinter('/nowhere', { write: (part) => (text += part) });
  printer.show(progress('preparing', 'running', 50));
  printer.show(progress('preparing', 'running', 60));
  expect(text).toMatch(/^ {2}✓ Database +0\.0 s\n$/);
  printer.show(progress('preparing', 'failed', 60));
  expect(text).toMatch(/\n {2}✗ Loading +0\.0 s +12 of 24 files\n$/);
});

it('draws a bar on a terminal and takes it away again', () => {
  let text = '';
  const printer = new ProgressPrinter('/nowhere', { isTTY: true, write: (part) => (text += part) });
  printer.show(progress('preparing', 'running', 50));
  expect(text).toContain('[##########..........] Loading 50 %');
  printer.stop();
  expect(text).toMatch(/\r +\r$/);
});

it('ends with what the progress file says at last', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'catchment-progress-'));
  const printer = new ProgressPrinter(dataDir, { write: () => undefined });
  const finished = printer.watch();
  setTimeout(() => writeProgress(dataDir, progress('ready', 'done', 100)), 300);
  expect((await finished).state).toBe('ready');
  rmSync(dataDir, { recursive: true, force: true });
});
