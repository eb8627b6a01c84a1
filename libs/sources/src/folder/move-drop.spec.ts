import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { look } from './drop-folder';
import { finishMoves, moveDrop } from './move-drop';

const at = new Date('2026-11-28T09:00:00Z');

describe('files of a drop', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-drop-'));
    for (const name of ['done', 'refused']) mkdirSync(join(folder, name));
    for (const name of ['a.csv', 'b.csv', 'c.csv']) writeFileSync(join(folder, name), name);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const move = (): void =>
    moveDrop(
      folder,
      look(folder).files.map((file) => ({ file, refused: file.name === 'c.csv' ? 'not known' : null })),
      at,
    );

  it('are moved, each where it belongs', () => {
    move();
    expect(readdirSync(join(folder, 'done')).sort()).toEqual([
      '20261128T090000Z-a.csv',
      '20261128T090000Z-b.csv',
    ]);
    expect(readFileSync(join(folder, 'refused', '20261128T090000Z-c.csv.reason.txt'), 'utf8')).toBe(
      'not known\n',
    );
    expect(look(folder).files).toEqual([]);
  });

  it('are moved later where that broke off, but not one that came under a name meanwhile', () => {
    const obstacle = join(folder, 'done', '20261128T090000Z-b.csv');
    mkdirSync(join(obstacle, 'in the way'), { recursive: true });
    expect(move).toThrow();
    rmSync(obstacle, { recursive: true });
    writeFileSync(join(folder, 'c.csv'), 'another one');
    finishMoves(folder);
    expect(look(folder).files.map(({ name }) => name)).toEqual(['c.csv']);
    finishMoves(folder);
    expect(readdirSync(join(folder, 'done')).sort()).toEqual([
      '20261128T090000Z-a.csv',
      '20261128T090000Z-b.csv',
    ]);
    expect(readFileSync(join(folder, 'c.csv'), 'utf8')).toBe('another one');
  });
});
