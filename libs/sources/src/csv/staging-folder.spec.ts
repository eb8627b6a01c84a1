import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { stagingFolder } from './staging-folder';

describe('the folder of a check', () => {
  it('removes what killed processes left, and neither young ones nor pulls', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'catchment-staging-'));
    try {
      const now = new Date('2026-11-28T09:00:00Z');
      const lay = (name: string, at: string): void => {
        const folder = join(dataDir, 'exports', name);
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'patients.ndjson'), '{}');
        utimesSync(folder, new Date(at), new Date(at));
      };
      expect(readdirSync(dataDir)).toEqual([]);
      expect(basename(stagingFolder(dataDir, 'check', now))).toMatch(/^check-/);
      lay('check-old', '2026-11-27T08:00:00Z');
      lay('check-old-spill', '2026-11-27T08:00:00Z');
      lay('csv-old', '2026-11-27T08:00:00Z');
      lay('check-young', '2026-11-27T10:00:00Z');
      lay('source-old', '2026-11-01T08:00:00Z');
      stagingFolder(dataDir, 'csv', now);
      expect(readdirSync(join(dataDir, 'exports')).sort()).toEqual(['check-young', 'source-old']);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
