import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@catchment/warehouse';
import { previewMapping } from '../mapping/preview-mapping';
import { hasChecks, readMeasureQuality, readQuality, readUnmappedCodes } from './read-quality';

describe('numbers that were published before data were checked', () => {
  let folder: string;
  let database: Database;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-unchecked-'));
    database = await Database.open(join(folder, 'marts.duckdb'));
    await database.main.run('create table measure as select 1 as measure_id');
  });
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const mapping = { system: 'urn:local', code: 'BP', targetSystem: 'http://loinc.org', targetCode: '8480-6' };

  it.each<[string, () => Promise<unknown>]>([
    ['grades', () => readQuality(database.main)],
    ['a measure', () => readMeasureQuality(database.main, 'BP')],
    ['codes', () => readUnmappedCodes(database.main)],
    ['a preview', () => previewMapping(database.main, mapping)],
  ])('say so where %s are asked for', async (_what, read) => {
    await expect(read()).rejects.toThrow('start an evaluation run');
  });

  it('follow no mapping', async () => {
    expect(await hasChecks(database.main)).toBe(false);
  });
});
