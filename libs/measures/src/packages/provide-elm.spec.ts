import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, elm, library, mainCql, measure, shared } from './content.fixture';
import { ImportDesk, sharedTranslations } from './import-desk.fixture';
import type { ImportPackagesOptions } from './import-options';
import { readPackage } from './package-store';

const translations = sharedTranslations();
let desk: ImportDesk;

beforeEach(async () => {
  desk = await ImportDesk.open(translations.folder);
});

afterEach(() => desk.close());
afterAll(translations.remove);

describe('published ELM', () => {
  const text = `library Main version '2.0.0'\n\ndefine "Initial Population":\n  true\n`;
  const published = (version: string, statement: string) =>
    elm('Main', version, { 'Initial Population': statement });
  const withExpression = (library: object, expression: object): object => {
    const { statements, ...rest } = library as { statements: { def: object[] } };
    return { ...rest, statements: { def: statements.def.map((define) => ({ ...define, expression })) } };
  };
  const load1 = async (of: { cql?: string; elm?: object }, options?: Partial<ImportPackagesOptions>) => {
    desk.write('bundle.json', bundle(measure(), library('Main', of)));
    return desk.load(options);
  };

  it('is used when it says what the text says', async () => {
    const report = await load1({
      cql: text,
      elm: published('2.0.0', 'define "Initial Population":\n    true'),
    });
    expect(report).toMatchObject({ imported: [{ translated: 0 }], notes: [] });
  });

  it('is not used on demand', async () => {
    const of = { cql: text, elm: published('2.0.0', 'define "Initial Population": true') };
    expect(await load1(of, { retranslate: true })).toMatchObject({ imported: [{ translated: 1 }] });
  });

  it('gets the version that its text got later', async () => {
    const report = await load1({ cql: text, elm: published('1.9.0', 'define "Initial Population": true') });
    expect(report).toMatchObject({ imported: [{ translated: 0 }] });
    expect(report.notes).toEqual([
      'the published ELM of Main version 2.0.0 says version 1.9.0, and what its text says',
    ]);
    expect(readPackage(desk.dataDir, 'EXAMPLE').libraries[0]?.identifier).toEqual({
      id: 'Main',
      version: '2.0.0',
    });
  });

  it.each<[string, object, string]>([
    [
      'a statement',
      published('2.0.0', 'define "Initial Population": false'),
      'its "Initial Population" reads differently',
    ],
    [
      'its includes',
      elm('Main', '2.0.0', { 'Initial Population': 'define "Initial Population": true' }, [
        { localIdentifier: 'S', path: 'Shared', version: '1.0.0' },
      ]),
      'it has other includes',
    ],
    ['the number of statements', elm('Main', '2.0.0', {}), 'it has other statements'],
    [
      'an element of nothing',
      withExpression(published('2.0.0', 'define "Initial Population": true'), {
        type: 'Not',
        operand: { type: 'IsNull', operand: { type: 'Property', path: 'code' } },
      }),
      'its "Initial Population" reads an element of nothing',
    ],
    [
      'an error',
      {
        ...published('2.0.0', 'define "Initial Population": true'),
        annotation: [{ errorSeverity: 'error', message: 'oops' }],
      },
      'it has translator errors: oops',
    ],
  ])('that differs from its text by %s is translated anew', async (_, other, why) => {
    const report = await load1({ cql: text, elm: other });
    expect(report).toMatchObject({ imported: [{ translated: 1 }] });
    expect(report.notes).toEqual([`the published ELM of Main version 2.0.0 is not used: ${why}`]);
  });

  it('alone will do', async () => {
    expect(await load1({ elm: published('2.0.0', '') })).toMatchObject({ imported: [{ translated: 0 }] });
    expect(readPackage(desk.dataDir, 'EXAMPLE').cql.size).toBe(0);
  });

  it('alone and with translator errors is refused, with define and place', async () => {
    const annotation = [
      { errorSeverity: 'error', message: 'oops', startLine: 3, startChar: 5, endLine: 3, endChar: 9 },
    ];
    desk.write(
      'bundle.json',
      bundle(measure(), library('Main', { elm: { ...published('2.0.0', ''), annotation } })),
    );
    expect(await desk.refusal()).toBe(
      'measure EXAMPLE is not imported: Main version 2.0.0: its ELM is unusable: it has translator errors: oops ' +
        '(file bundle.json, library Main, define "Initial Population", at 3:5-3:9)',
    );
  });
});

describe('translations', () => {
  it('are made once for the same text, and anew when an include changes', async () => {
    const own = await ImportDesk.open();
    const translated = async () => {
      let count = 0;
      await own.load({ onProgress: ({ step }) => (count += step === 'translate' ? 1 : 0) });
      return count;
    };
    own.write('measure.json', JSON.stringify(measure()));
    own.write('Main.cql', mainCql());
    own.write('Shared.cql', shared);
    expect(await translated()).toBe(2);
    expect(await translated()).toBe(0);
    own.write('Shared.cql', shared.replace('"Always": true', '"Always": 1 = 1'));
    expect(await translated()).toBe(2);
    const [first] = readPackage(own.dataDir, 'EXAMPLE').libraries;
    expect(first?.statements?.def.find(({ name }) => name === 'Always')?.expression?.type).toBe('Equal');
    own.close();
  });

  it('use FHIR 4.0.1 from the start, and model infos of the package', async () => {
    desk.write('measure.json', JSON.stringify(measure()));
    desk.write(
      'Main.cql',
      `library Main version '2.0.0' using FHIR version '4.0.1' context Patient define "Initial Population": exists [Encounter]`,
    );
    expect((await desk.load()).imported).toHaveLength(1);
    desk.write(
      'tiny-modelinfo-1.0.xml',
      `<modelInfo xmlns="urn:hl7-org:elm-modelinfo:r1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="Tiny" version="1.0" url="urn:tiny"><requiredModelInfo name="System" version="1.0.0"/></modelInfo>`,
    );
    desk.write(
      'Main.cql',
      `library Main version '2.0.0' using Tiny version '1.0' define "Initial Population": true`,
    );
    expect((await desk.load()).imported).toHaveLength(1);
  });

  it('use model infos of DATA_DIR and of named folders', async () => {
    desk.write('p/measure.json', JSON.stringify(measure()));
    desk.write(
      'p/Main.cql',
      `library Main version '2.0.0' using Tiny version '1.0' define "Initial Population": true`,
    );
    expect(await desk.refusal({ paths: [join(desk.content, 'p')] })).toContain(
      'Main version 2.0.0: there is no model info for Tiny 1.0: put',
    );
    desk.write(
      'm/tiny-modelinfo-1.0.xml',
      `<modelInfo xmlns="urn:hl7-org:elm-modelinfo:r1" name="Tiny" version="1.0" url="urn:tiny"/>`,
    );
    expect(
      (await desk.load({ paths: [join(desk.content, 'p')], modelPaths: [join(desk.content, 'm')] })).imported,
    ).toHaveLength(1);
    mkdirSync(join(desk.dataDir, 'models'));
    writeFileSync(
      join(desk.dataDir, 'models', 'modelinfo.xml'),
      readFileSync(join(desk.content, 'm/tiny-modelinfo-1.0.xml')),
    );
    expect((await desk.load({ paths: [join(desk.content, 'p')] })).imported).toHaveLength(1);
  });
});
