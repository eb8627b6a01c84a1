import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readWarehouseContent } from '@catchment/warehouse';
import { LoadBench } from '../../../ingest/src/warehouse.fixture';
import { diagnosesFile, heldResources, loadFiles, mappingOf, patientsFile } from './extract.fixture';

jest.setTimeout(120_000);

const anna = '1,Anna,1958-03-14,F';
const ben = '2,Ben,1971-11-02,M';

function many(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index + 1},Name${index},1970-01-01,F`);
}

describe('an extract', () => {
  let bench: LoadBench;
  beforeEach(async () => {
    bench = await new LoadBench().open();
  });
  afterEach(() => bench.close());

  const ids = async (type: string) =>
    (await bench.rows(`select id from registry.resource where type = '${type}' order by id`)).map(
      ({ id }) => id,
    );

  it('is loaded as FHIR, and once more changes nothing', async () => {
    const files = { 'patients.csv': patientsFile(anna, ben), 'diagnoses.csv': diagnosesFile('d1,1,E119') };
    const first = await loadFiles(bench, mappingOf(), files);
    expect(first.load).toMatchObject({ loaded: { Patient: 2, Condition: 1 }, quarantined: 0 });
    const content = await readWarehouseContent(bench.database.main);
    const again = await loadFiles(bench, mappingOf(), files);
    expect(again.load).toMatchObject({ loaded: {}, unchanged: 3, deleted: 0 });
    expect(await readWarehouseContent(bench.database.main)).toEqual(content);
    // What identifies is not the id.
    expect((await ids('Patient')).every((id) => /^patients-[0-9a-f]{32}$/.test(String(id)))).toBe(true);
  });

  it('that is full takes away what it does not name, table by table', async () => {
    const names = many(30);
    await loadFiles(bench, mappingOf(), {
      'patients.csv': patientsFile(...names),
      'diagnoses.csv': diagnosesFile('d1,1,E119', 'd2,2,I10'),
    });
    const { load } = await loadFiles(bench, mappingOf(), {
      'patients.csv': patientsFile(...names.slice(3)),
    });
    expect(load).toMatchObject({ deleted: 3 });
    // Of diagnoses nothing came: nothing is said of them; those of deleted patients wait.
    expect(await heldResources(bench)).toEqual({ Patient: 27 });
    expect(
      await bench.rows(`select reason, count(*)::integer as n from registry.waiting group by reason`),
    ).toEqual([{ reason: 'patient-deleted', n: 2 }]);
  });

  it('of changes and its sum are the same as the whole', async () => {
    const changes = mappingOf({ whole: 'extract: changes' });
    await loadFiles(bench, changes, { 'patients-1.csv': patientsFile(anna, ben, '3,Carl,1960-01-01,M') });
    await loadFiles(bench, changes, {
      'patients-2.csv': patientsFile('2,Benjamin,1971-11-02,M', '4,Di,1980,F'),
    });
    const other = await new LoadBench().open();
    try {
      await loadFiles(other, mappingOf({ whole: 'extract: full' }), {
        'patients.csv': patientsFile(anna, '2,Benjamin,1971-11-02,M', '3,Carl,1960-01-01,M'),
      });
      // The row with a year alone has no date in the formats.
      const [ours, theirs] = await Promise.all(
        [bench, other].map((each) => readWarehouseContent(each.database.main)),
      );
      expect(ours!.resources).toEqual(theirs!.resources);
    } finally {
      other.close();
    }
  });

  it('of changes in several files takes them in the order of their names', async () => {
    const changes = mappingOf({ whole: 'extract: changes' });
    const { extract, load } = await loadFiles(bench, changes, {
      'patients-2.csv': patientsFile('1,Later,1958-03-14,F'),
      'patients-1.csv': patientsFile(anna, ben),
    });
    expect(extract.tables).toMatchObject([{ table: 'patients', rows: 3, resources: 2, replaced: 1 }]);
    expect(load).toMatchObject({ loaded: { Patient: 2 }, quarantined: 0 });
    expect(
      await bench.rows(`select count(*)::integer as n from clinical.patient_name`).catch(() => []),
    ).toBeDefined();
    const converted = readFileSync(join(bench.folder, 'converted', 'patients.ndjson'), 'utf8');
    expect(converted).toContain('Later');
    expect(converted).not.toContain('Anna');
  });

  it('of changes takes away the rows that say so', async () => {
    const mapping = mappingOf({
      whole: 'extract: changes',
      patients: 'deletedWhere: { column: NAME, in: [GONE] }',
    });
    await loadFiles(bench, mapping, { 'patients.csv': patientsFile(anna, ben) });
    const { load } = await loadFiles(bench, mapping, { 'patients.csv': patientsFile('2,GONE,,') });
    expect(load).toMatchObject({ deleted: 1 });
    expect(await heldResources(bench)).toEqual({ Patient: 1 });
  });

  it.each<[string, string[], RegExp]>([
    ['a header alone', [], /the table patients: 30 of the 30 resources/],
    ['far fewer rows', many(20), /10 of the 30|patients/],
  ])('that is full and has %s is not believed', async (_what, rows, complaint) => {
    await loadFiles(bench, mappingOf({ whole: 'largestShrink: 0.1' }), {
      'patients.csv': patientsFile(...many(30)),
    });
    const load = loadFiles(bench, mappingOf({ whole: 'largestShrink: 0.1' }), {
      'patients.csv': patientsFile(...rows.slice(0, 15)),
      'diagnoses.csv': diagnosesFile('d1,1,E119'),
    });
    await expect(load).rejects.toThrow(complaint);
    expect(await heldResources(bench)).toEqual({ Patient: 30 });
    expect(existsSync(join(bench.folder, 'converted'))).toBe(false);
  });

  it('that is full may take away everything where its mapping says so', async () => {
    await loadFiles(bench, mappingOf(), { 'patients.csv': patientsFile(anna, ben) });
    const { load } = await loadFiles(bench, mappingOf({ patients: 'largestShrink: 1' }), {
      'patients.csv': patientsFile(),
    });
    expect(load).toMatchObject({ deleted: 2 });
  });

  it('keeps what a faulty row stands for, and takes nothing away while a row is of nobody', async () => {
    await loadFiles(bench, mappingOf(), { 'patients.csv': patientsFile(anna, ben, '3,Carl,1960-01-01,M') });
    const faulty = await loadFiles(bench, mappingOf(), {
      'patients.csv': patientsFile('1,Anna,14.3.1958,F', ben),
    });
    // Anna's row has no date that can be read: she stays. Carl is gone.
    expect(faulty.load).toMatchObject({ deleted: 1, unchanged: 1 });
    expect(await heldResources(bench)).toEqual({ Patient: 2 });
    const broken = await loadFiles(bench, mappingOf(), {
      'patients.csv': patientsFile(ben, 'cut off,Anna'),
    });
    expect(broken.extract.tables).toMatchObject([{ setAside: 1, gone: null }]);
    expect(await heldResources(bench)).toEqual({ Patient: 2 });
  });

  it('sets rows aside that state one key differently, and takes equal ones once', async () => {
    const { extract, load } = await loadFiles(bench, mappingOf(), {
      'patients.csv': patientsFile(anna, ben, '1,Anne,1958-03-14,F', ben),
    });
    expect(load).toMatchObject({ loaded: { Patient: 1 }, quarantined: 0 });
    expect(extract.setAside).toMatchObject([
      { reason: expect.stringMatching(/same key/) as unknown, count: 2, lines: [2, 4] },
    ]);
    expect(extract.tables).toMatchObject([{ rows: 4, resources: 1, setAside: 2 }]);
  });

  it.each<[string, string, { column: string | null; reason: RegExp }]>([
    ['too few cells', '3,Carl', { column: null, reason: /2 columns, the header 4/ }],
    ['no key', ',Carl,1960-01-01,M', { column: null, reason: /key is empty/ }],
    ['no date', '3,Carl,01/01/1960,M', { column: 'BORN', reason: /no date/ }],
    ['a day that is none', '3,Carl,1960-02-30,M', { column: 'BORN', reason: /no date/ }],
    [
      'a value that is not translated',
      '3,Carl,1960-01-01,X',
      { column: 'SEX', reason: /does not translate/ },
    ],
    ['an element that is missing', '3,Carl,,M', { column: null, reason: /birthDate is empty/ }],
    ['a mark inside a cell', '3,"Carl"us,1960-01-01,M', { column: null, reason: /quotation marks/ }],
  ])('sets a row with %s aside, and it alone', async (_what, row, problem) => {
    const { extract, load } = await loadFiles(bench, mappingOf(), {
      'patients.csv': patientsFile(anna, row, ben),
    });
    expect(load).toMatchObject({ loaded: { Patient: 2 } });
    expect(extract.setAside).toMatchObject([
      {
        table: 'patients',
        file: 'patients.csv',
        column: problem.column,
        reason: expect.stringMatching(problem.reason) as unknown,
        count: 1,
        lines: [3],
      },
    ]);
    // No value of a patient stands in the list.
    expect(readFileSync(extract.setAsideList, 'utf8')).not.toMatch(/Carl|1960|M"/);
  });

  it.each<[string, string, Record<string, string | Buffer>, RegExp]>([
    [
      'another header',
      '',
      { 'patients.csv': 'ID,LASTNAME,BORN,SEX\n1,Anna,1958-03-14,F\n' },
      /lacks the columns NAME; it has ID, LASTNAME/,
    ],
    [
      'no header',
      '',
      { 'patients.csv': `${anna}\n${ben}\n` },
      /some of which are no names: is there a header/,
    ],
    ['a column twice', '', { 'patients.csv': 'ID,NAME,BORN,SEX,SEX\n' }, /SEX more than once/],
    [
      'another delimiter',
      '',
      { 'patients.csv': patientsFile(anna).replaceAll(',', ';') },
      /lacks the columns/,
    ],
    ['nothing', '', { 'patients.csv': '' }, /empty/],
    [
      'another encoding',
      '',
      { 'patients.csv': Buffer.from(patientsFile(anna, '2,Núñez,1971-11-02,M'), 'latin1') },
      /not in utf-8.*line 3/,
    ],
    [
      'UTF-16',
      '',
      { 'patients.csv': Buffer.from(`\ufeff${patientsFile(anna)}`, 'utf16le') },
      /utf-16le, and the mapping says utf-8/,
    ],
    ['bytes of zero', '', { 'patients.csv': `${patientsFile(anna)}\0\0` }, /no text/],
    ['a workbook', '', { 'patients.csv': Buffer.from('PK\x03\x04rest') }, /Excel workbook/],
    [
      'a mark that is not closed',
      '',
      { 'patients.csv': patientsFile(anna, '2,"Ben,1971-11-02,M', '3,C,1960-01-01,M') },
      /not closed.*line 3/,
    ],
    [
      'a packed file that is cut off',
      '',
      { 'patients.csv.gz': gzipSync(patientsFile(...many(5000))).subarray(0, 900) },
      /damaged or cut off/,
    ],
    [
      'two full files',
      '',
      { 'patients-1.csv': patientsFile(anna), 'patients-2.csv': patientsFile(ben) },
      /leave the newest one/,
    ],
  ])('with %s is refused, and nothing of it applied', async (_what, whole, files, complaint) => {
    const load = loadFiles(bench, mappingOf({ whole }), {
      'diagnoses.csv': diagnosesFile('d1,1,E119'),
      ...files,
    });
    await expect(load).rejects.toThrow(complaint);
    await expect(load).rejects.not.toThrow(/Anna|1958/);
    expect(await heldResources(bench)).toEqual({});
    expect(existsSync(join(bench.dataDir, 'landing', 'ledger.ndjson'))).toBe(false);
  });

  it.each<[string, string, Buffer]>([
    ['UTF-8 with its mark', '', Buffer.from(`\ufeff${patientsFile('2,Núñez,1971-11-02,M')}`)],
    ['windows-1252', 'encoding: windows-1252', Buffer.from(patientsFile('2,Núñez,1971-11-02,M'), 'latin1')],
    [
      'UTF-16 with its mark',
      'encoding: utf-16le',
      Buffer.from(`\ufeff${patientsFile('2,Núñez,1971-11-02,M')}`, 'utf16le'),
    ],
    [
      'lines that end with CR LF',
      '',
      Buffer.from(patientsFile('2,Núñez,1971-11-02,M').replaceAll('\n', '\r\n')),
    ],
    ['gzip', '', gzipSync(patientsFile('2,Núñez,1971-11-02,M'))],
  ])('in %s is read', async (_what, whole, content) => {
    const { load } = await loadFiles(bench, mappingOf({ whole }), { 'patients.csv': content });
    expect(load).toMatchObject({ loaded: { Patient: 1 } });
    const converted = readFileSync(join(bench.folder, 'converted', 'patients.ndjson'), 'utf8');
    expect(JSON.parse(converted)).toMatchObject({
      name: [{ family: 'Núñez' }],
      gender: 'male',
      birthDate: '1971-11-02',
    });
  });

  it('has rows of several lines, and marks that are doubled', async () => {
    const { extract, load } = await loadFiles(bench, mappingOf(), {
      'patients.csv': patientsFile('1,"An\n""na"", the first",1958-03-14,F', '2,"Ben,1', '3,x"', 'cut'),
    });
    expect(load).toMatchObject({ loaded: { Patient: 1 } });
    const converted = readFileSync(join(bench.folder, 'converted', 'patients.ndjson'), 'utf8');
    expect(JSON.parse(converted)).toMatchObject({ name: [{ family: 'An\n"na", the first' }] });
    expect(extract.setAside.map(({ lines }) => lines)).toEqual([[4], [6]]);
  });
});
