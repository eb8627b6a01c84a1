import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ValueSet } from 'fhir/r4';
import { Database, prepareWarehouse } from '@catchment/warehouse';
import { importValueSets } from './import-value-sets';

const loinc = 'http://loinc.org';

describe('what publishers of value sets call their codes', () => {
  let database: Database;
  let folder: string;
  beforeEach(async () => {
    database = await Database.open(':memory:');
    await prepareWarehouse(database.main);
    folder = mkdtempSync(join(tmpdir(), 'terminology-'));
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  async function load(content: Partial<ValueSet>): Promise<object[]> {
    const valueSet = { resourceType: 'ValueSet', status: 'active', url: 'urn:vs', ...content };
    writeFileSync(join(folder, 'set.json'), JSON.stringify(valueSet));
    await importValueSets(database.main, [folder]);
    return database.main.rows('select system, code, display from terminology.code_display order by code');
  }

  it('is kept of expansions, below grouping entries too, and of composed lists', async () => {
    const contains = [
      { display: 'Group', contains: [{ system: loinc, code: '1', display: 'One' }] },
      { system: loinc, code: '2' },
      { code: '3', display: 'Three of no system' },
    ];
    expect(await load({ expansion: { timestamp: '2026', contains } })).toEqual([
      { system: loinc, code: '1', display: 'One' },
      { system: null, code: '3', display: 'Three of no system' },
    ]);
    const concept = [{ code: '4', display: 'Four' }, { code: '5' }];
    expect(
      await load({ url: 'urn:other', compose: { include: [{ system: loinc, concept }] } }),
    ).toMatchObject([{ code: '1' }, { code: '3' }, { code: '4', display: 'Four' }]);
  });

  it('is what the latest import says', async () => {
    const named = (display: string, system?: string): Partial<ValueSet> => ({
      expansion: { timestamp: '2026', contains: [{ system, code: '1', display }] },
    });
    await load(named('First', loinc));
    await load(named('Of no system'));
    expect(await load(named('Second', loinc))).toEqual(
      expect.arrayContaining([
        { system: loinc, code: '1', display: 'Second' },
        { system: null, code: '1', display: 'Of no system' },
      ]),
    );
    expect(await load(named('Second', loinc))).toHaveLength(2);
  });
});
