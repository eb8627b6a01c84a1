import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLibraries } from '@catchment/elm';
import { listValueSets } from '@catchment/terminology';
import { Database, prepareWarehouse } from '@catchment/warehouse';
import { listMeasures, readPackage } from './package-store';
import { importStarter } from './starter';

it('imports every starter measure once, complete, and again into a new warehouse', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'starter-'));
  const first = await Database.open(':memory:');
  const second = await Database.open(':memory:');
  try {
    await prepareWarehouse(first.main);
    await prepareWarehouse(second.main);
    const report = await importStarter(first.main, dataDir);
    expect(report).toMatchObject({
      failed: [],
      missingValueSets: [],
      notes: [],
      valueSets: { refused: [], truncated: [] },
    });
    const ids = listMeasures(dataDir).map(({ measureId }) => measureId);
    expect(ids).toEqual(report?.imported.map(({ measureId }) => measureId).sort());
    expect(ids).toContain('CAT-KIDNEY');
    for (const id of ids) {
      const { libraries, primaryLibrary, origin, cql, measure } = readPackage(dataDir, id);
      expect(origin).toBe('starter');
      expect(cql.size).toBe(libraries.length);
      const library = readLibraries(primaryLibrary.id, libraries, primaryLibrary.version);
      const criteria = measure.group?.flatMap(({ population }) =>
        population?.map((each) => each.criteria.expression),
      );
      expect(criteria?.filter((define) => !library.expressions.has(define ?? ''))).toEqual([]);
    }
    expect((await listValueSets(first.main)).every(({ origin }) => origin === 'starter')).toBe(true);
    expect(await importStarter(first.main, dataDir)).toBeUndefined();
    expect(await importStarter(second.main, dataDir)).toMatchObject({ failed: [] });
  } finally {
    first.close();
    second.close();
    rmSync(dataDir, { recursive: true });
  }
});
