import { join } from 'node:path';
import { tarArchive } from '../../../platform/testing/tar-archive';
import { zipArchive } from '../../../platform/testing/zip-archive';
import { bundle, library, mainCql, measure, shared, valueSet } from './content.fixture';
import { ImportDesk, sharedTranslations } from './import-desk.fixture';
import { readPackage } from './package-store';

const translations = sharedTranslations();
let desk: ImportDesk;

beforeEach(async () => {
  desk = await ImportDesk.open(translations.folder);
});

afterEach(() => desk.close());
afterAll(translations.remove);

const imported = { measureId: 'EXAMPLE', version: '2.0.0', title: 'An example', libraries: 2, translated: 2 };

describe('a package comes as', () => {
  const whole = () =>
    bundle(measure(), library('Main', { cql: mainCql() }), library('Shared', { cql: shared }), valueSet());

  it('a Bundle with CQL, which is translated', async () => {
    desk.write('bundle.json', whole());
    expect(await desk.load()).toEqual({
      imported: [imported],
      failed: [],
      valueSets: {
        imported: 1,
        codes: 1,
        completed: [],
        truncated: [],
        refused: [],
        manifest: undefined,
        notes: [],
      },
      missingValueSets: [],
      notes: [],
    });
    const found = readPackage(desk.dataDir, 'EXAMPLE');
    expect(found).toMatchObject({
      version: '2.0.0',
      origin: 'imported',
      source: 'content',
      importedAt: '2026-11-25T00:00:00.000Z',
      primaryLibrary: { id: 'Main', version: '2.0.0' },
      valueSets: ['http://example.org/ValueSet/visits'],
      measure: { copyright: 'Copyright of its steward', disclaimer: 'No warranty' },
    });
    expect(found.libraries.map(({ identifier }) => identifier.id)).toEqual(['Shared', 'Main']);
    expect(found.cql.get('Main|2.0.0')).toBe(mainCql());
  });

  it('a zip in a zip', async () => {
    desk.write(
      'outer.zip',
      zipArchive([
        { name: 'inner/EXPORT.zip', content: zipArchive([{ name: 'x-FHIR.json', content: whole() }]) },
      ]),
    );
    expect((await desk.load({ paths: [join(desk.content, 'outer.zip')] })).imported).toEqual([imported]);
    expect(readPackage(desk.dataDir, 'EXAMPLE').source).toBe('outer.zip');
  });

  it('a folder of an export, where everything lies twice', async () => {
    desk.write('EXAMPLE-FHIR.json', whole());
    desk.write('resources/measure-EXAMPLE.json', JSON.stringify(measure()));
    desk.write(
      'resources/library-Shared.json',
      JSON.stringify(library('Shared', { cql: shared.replaceAll('\n', '\r\n') })),
    );
    desk.write('cql/Main-2.0.0.cql', mainCql());
    expect(await desk.load()).toMatchObject({ imported: [imported], notes: [] });
  });

  it('a content repository, with older libraries in what it publishes; its test cases are not read', async () => {
    desk.write('input/cql/Main.cql', mainCql());
    desk.write('input/cql/Shared.cql', shared.replace("'1.0.0'", "'1.1.0'"));
    desk.write('input/resources/measure/EXAMPLE.json', JSON.stringify(measure()));
    desk.write('input/vocabulary/valueset/external/v.json', JSON.stringify(valueSet()));
    desk.write('input/tests/measure/EXAMPLE/case/broken.json', 'a test case that is no JSON');
    desk.write('bundles/Published.zip', zipArchive([{ name: 'cql/Shared-1.0.0.cql', content: shared }]));
    desk.write(
      'bundles/old.json',
      bundle(measure({ id: 'OLD' }), valueSet('http://example.org/ValueSet/old')),
    );
    expect(await desk.load()).toMatchObject({ imported: [imported], valueSets: { imported: 1 } });
  });

  it('files that hold it under names which say nothing', async () => {
    desk.write('input/cql/Main.cql', mainCql());
    desk.write('input/resources/measure/EXAMPLE.json', JSON.stringify(measure()));
    desk.write('published/everything.json', bundle(library('Shared', { cql: shared })));
    expect((await desk.load()).imported).toEqual([imported]);
  });

  it('a FHIR package, for includes of another', async () => {
    const content = JSON.stringify(library('Shared', { cql: shared }));
    desk.write('a/bundle.json', bundle(measure(), library('Main', { cql: mainCql() })));
    desk.write('b/shared.tgz', tarArchive([{ name: 'package/Library-Shared.json', content }]));
    const paths = [join(desk.content, 'a')];
    expect((await desk.load({ paths, modelPaths: [join(desk.content, 'b')] })).imported).toEqual([imported]);
  });

  it('several paths that complete each other', async () => {
    desk.write('a/bundle.json', bundle(measure(), library('Main', { cql: mainCql() })));
    desk.write('b/Shared.cql', shared);
    expect((await desk.load({ paths: [join(desk.content, 'a'), join(desk.content, 'b')] })).imported).toEqual(
      [imported],
    );
  });
});

it('imports the sound measures of many and says why others are not', async () => {
  desk.write(
    'a.json',
    bundle(measure(), library('Main', { cql: mainCql() }), library('Shared', { cql: shared })),
  );
  desk.write(
    'b.json',
    JSON.stringify(
      measure({
        id: 'BROKEN',
        url: 'http://example.org/Measure/BROKEN',
        library: ['http://example.org/Library/None'],
      }),
    ),
  );
  const report = await desk.load();
  expect(report).toMatchObject({
    imported: [imported],
    missingValueSets: ['http://example.org/ValueSet/visits'],
  });
  expect(report.failed).toEqual([{ measure: 'BROKEN', reason: 'None is missing, which the measure needs' }]);
});

it('says which of two texts of one library it uses', async () => {
  desk.write(
    'a/bundle.json',
    bundle(measure(), library('Main', { cql: mainCql() }), library('Shared', { cql: shared })),
  );
  desk.write('b/Shared.cql', shared.replace('true', 'false'));
  expect((await desk.load()).notes).toEqual([
    'Shared version 1.0.0 is there with two texts: a/bundle.json is used, b/Shared.cql is not',
  ]);
});

it('reads a Bundle of 100 MB', async () => {
  const filler = valueSet('http://example.org/ValueSet/large');
  const codes = Array.from({ length: 150_000 }, (_, at) => ({
    system: 'urn:example',
    code: `c${at}`,
    display: 'x'.repeat(600),
  }));
  filler.expansion!.contains = codes;
  desk.write(
    'large.json',
    bundle(measure(), library('Main', { cql: mainCql() }), library('Shared', { cql: shared }), filler),
  );
  expect(await desk.load()).toMatchObject({
    imported: [imported],
    valueSets: { imported: 1, codes: 150_000 },
  });
});
