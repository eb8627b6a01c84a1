import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, library, mainCql, measure, shared } from './content.fixture';
import { ImportDesk, sharedTranslations } from './import-desk.fixture';
import { listMeasures, readPackage } from './package-store';

const translations = sharedTranslations();
let desk: ImportDesk;

beforeEach(async () => {
  desk = await ImportDesk.open(translations.folder);
});

afterEach(() => desk.close());
afterAll(translations.remove);

describe('the store', () => {
  it('keeps versions side by side and takes the highest', async () => {
    for (const version of ['1.10.0', '1.9.0']) {
      desk.write(
        'bundle.json',
        bundle(
          measure({ version, library: [`http://example.org/Library/Main|${version}`] }),
          library('Main', { cql: mainCql(version) }),
          library('Shared', { cql: shared }),
        ),
      );
      await desk.load();
    }
    expect(listMeasures(desk.dataDir).map(({ version, current }) => [version, current])).toEqual([
      ['1.9.0', false],
      ['1.10.0', true],
    ]);
    expect(readPackage(desk.dataDir, 'EXAMPLE').primaryLibrary.version).toBe('1.10.0');
    expect(readPackage(desk.dataDir, 'EXAMPLE', '1.9.0').primaryLibrary.version).toBe('1.9.0');
    expect(() => readPackage(desk.dataDir, 'EXAMPLE', '3')).toThrow(
      'measure EXAMPLE has no version 3; there is 1.9.0, 1.10.0',
    );
    expect(() => readPackage(desk.dataDir, 'OTHER')).toThrow('there is no measure OTHER');
  });

  it('makes folder names safe, and refuses one id for two measures', async () => {
    const odd = measure({ id: '../../odd id', version: '2/0' });
    desk.write(
      'bundle.json',
      bundle(odd, library('Main', { cql: mainCql() }), library('Shared', { cql: shared })),
    );
    expect((await desk.load()).imported).toMatchObject([{ measureId: 'odd-id', version: '2-0' }]);
    expect(readdirSync(join(desk.dataDir, 'packages'))).toEqual(['.content', 'odd-id']);
    desk.write(
      'bundle.json',
      bundle(
        { ...odd, url: 'http://example.org/Measure/other' },
        library('Main', { cql: mainCql() }),
        library('Shared', { cql: shared }),
      ),
    );
    await expect(desk.load()).rejects.toThrow(
      'the id odd-id is taken by another measure: http://example.org/Measure/EXAMPLE',
    );
  });

  it('says when one of its files is gone', async () => {
    desk.write(
      'bundle.json',
      bundle(measure(), library('Main', { cql: mainCql() }), library('Shared', { cql: shared })),
    );
    await desk.load();
    rmSync(join(desk.dataDir, 'packages', '.content'));
    expect(() => readPackage(desk.dataDir, 'EXAMPLE')).toThrow(
      'the package store is damaged: import the measure again',
    );
  });
});
