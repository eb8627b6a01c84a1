import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { condition, LoadBench, ndjson, patient } from './warehouse.fixture';

describe('loadPaths', () => {
  let bench: LoadBench;
  beforeEach(async () => {
    bench = await new LoadBench().open();
  });
  afterEach(() => bench.close());

  const demand = {
    Patient: { birthDate: {} },
    Condition: { code: {}, recordedDate: {}, subject: { reference: {} }, encounter: { reference: {} } },
  };
  const diagnoses = `select s.id as patient, c.id from fhir."Condition" c join registry.subject s using (pid) order by all`;

  const loaded = [
    { patient: 'a', id: 'c1' },
    { patient: 'b', id: 'c2' },
  ];
  const people = [patient('a', { birthDate: '1980' }), patient('b')];
  const findings = [condition('c1', 'Patient/a'), condition('c2', 'Patient/b')];

  describe('formats', () => {
    it.each<[string, Record<string, string | Buffer>]>([
      ['NDJSON, a file per type', { 'p.ndjson': ndjson(people), 'c.ndjson': ndjson(findings) }],
      ['gzip', { 'p.ndjson.gz': gzipSync(ndjson(people)), 'c.ndjson.gz': gzipSync(ndjson(findings)) }],
      [
        'gzip of two members',
        { 'x.gz': Buffer.concat([gzipSync(ndjson(people)), gzipSync(ndjson(findings))]) },
      ],
      ['mixed types in one file, conditions first', { 'x.ndjson': ndjson([...findings, ...people]) }],
      ['names that lie', { 'Observation.json': ndjson(people), 'notes.txt': ndjson(findings) }],
      [
        'CRLF and blank lines',
        { 'x.ndjson': `\r\n${ndjson([...people, '', ...findings]).replaceAll('\n', '\r\n')}` },
      ],
      [
        'byte order mark, no line feed at the end',
        { 'x.ndjson': `\ufeff${ndjson([...people, ...findings]).trim()}` },
      ],
      [
        'one resource a file, pretty',
        {
          'a.json': JSON.stringify(people[0], null, 2),
          'deep/er/b.json': JSON.stringify(people[1], null, 2),
          'c1.json': JSON.stringify(findings[0]),
          'c2.json.gz': gzipSync(JSON.stringify(findings[1], null, 2)),
        },
      ],
      ...['collection', 'transaction', 'searchset'].flatMap((type): [string, Record<string, string>][] => {
        const entry = [...findings, ...people].map((resource) => ({ fullUrl: 'http://x/y/1', resource }));
        const bundle = { resourceType: 'Bundle', type, entry };
        return [
          [`${type} Bundle`, { 'b.json': JSON.stringify(bundle) }],
          [
            `${type} Bundle, pretty, type last`,
            {
              'b.json': JSON.stringify({ entry, type, resourceType: 'Bundle' }, null, 2),
            },
          ],
        ];
      }),
      [
        'escapes and braces in texts',
        {
          'b.json': JSON.stringify({
            resourceType: 'Bundle',
            type: 'collection',
            entry: [...people, ...findings].map((resource) => ({
              note: 'a "quoted" } ] \\ {',
              resource: { text: { div: '"entry": [{"resource": {' }, ...resource },
            })),
          }),
        },
      ],
    ])('%s', async (_, files) => {
      for (const [name, content] of Object.entries(files)) bench.write(`in/${name}`, content);
      const report = await bench.load([join(bench.folder, 'in')], demand);
      expect(report).toMatchObject({ loaded: { Patient: 2, Condition: 2 }, unchanged: 0, quarantined: 0 });
      expect(await bench.rows(diagnoses)).toEqual(loaded);
      expect(await bench.rows('select "birthDate".lo as born from fhir."Patient" where id = \'a\'')).toEqual([
        { born: '1980-01-01 00:00:00' },
      ]);
    });

    it('keeps the text of every line as it came, under its number', async () => {
      const lines = [
        '{"resourceType":"Patient","id":"a","x":1.50}',
        '{ "id":"b" , "resourceType":"Patient"}',
      ];
      const report = await bench.load([bench.write('p.ndjson', `${lines[0]}\r\n\n${lines[1]}\n`)]);
      const original = join(bench.dataDir, 'landing', `${report.files[0]!.sha256}.parquet`);
      expect(await bench.rows(`select line, type, id, json from '${original}' order by line`)).toEqual([
        { line: 1, type: 'Patient', id: 'a', json: lines[0] },
        { line: 3, type: 'Patient', id: 'b', json: lines[1] },
      ]);
      expect(await bench.rows('select id, line from registry.resource order by line')).toEqual([
        { id: 'a', line: 1 },
        { id: 'b', line: 3 },
      ]);
    });

    it('takes an empty Bundle as what it is', async () => {
      const empty = bench.write(
        'b.json',
        JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: 0 }),
      );
      expect(await bench.load([empty])).toMatchObject({ loaded: {}, unchanged: 0, quarantined: 0 });
    });
  });

  describe('references to the patient', () => {
    it.each([
      ['relative', 'Patient/a'],
      ['versioned', 'Patient/a/_history/3'],
      ['absolute', 'https://ehr.example/fhir/Patient/a'],
      ['absolute and versioned', 'https://ehr.example/fhir/Patient/a/_history/3'],
      ['urn:uuid', 'urn:uuid:a'],
    ])('%s', async (_, reference) => {
      await bench.load([bench.write('x.ndjson', [condition('c1', reference), patient('a')])], demand);
      expect(await bench.rows(diagnoses)).toEqual([{ patient: 'a', id: 'c1' }]);
    });

    it('to entries of a Bundle by urn:uuid, with other ids or none', async () => {
      const entry = [
        {
          fullUrl: 'urn:uuid:1-2',
          resource: condition('c1', 'urn:uuid:3-4', { encounter: { reference: 'urn:uuid:5-6' } }),
        },
        { fullUrl: 'urn:uuid:3-4', resource: patient('a') },
        {
          fullUrl: 'urn:uuid:5-6',
          resource: { resourceType: 'Encounter', subject: { reference: 'urn:uuid:3-4' } },
          request: { method: 'POST', url: 'Encounter' },
        },
      ];
      const bundle = bench.write(
        'b.json',
        JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
      );
      const report = await bench.load([bundle], demand);
      expect(report).toMatchObject({ loaded: { Patient: 1, Condition: 1, Encounter: 1 }, quarantined: 0 });
      expect(
        await bench.rows(
          'select id, subject.reference as subject, encounter.reference as encounter from fhir."Condition"',
        ),
      ).toEqual([{ id: 'c1', subject: 'Patient/a', encounter: 'Encounter/5-6' }]);
      expect(await bench.rows('select id, pid from fhir."Encounter"')).toEqual([{ id: '5-6', pid: 1 }]);
    });

    it('to nobody and to other types', async () => {
      const report = await bench.load(
        [
          bench.write('x.ndjson', [
            condition('c1', 'Patient/nobody'),
            condition('c2', 'Group/g'),
            { resourceType: 'Condition', id: 'c3' },
          ]),
        ],
        demand,
      );
      expect(report).toMatchObject({ loaded: { Condition: 2 }, reasons: { 'unknown-patient': 1 } });
      expect(await bench.rows('select id, pid from fhir."Condition" order by id')).toEqual([
        { id: 'c2', pid: null },
        { id: 'c3', pid: null },
      ]);
    });
  });

  describe('loading again', () => {
    it('changes nothing', async () => {
      const file = bench.write('x.ndjson', [...people, ...findings, 'bad']);
      await bench.load([file], demand);
      const before = await bench.rows(`select * exclude (line) from registry.resource order by rid`);
      const again = await bench.load([file], demand);
      expect(again).toMatchObject({ loaded: {}, unchanged: 4, quarantined: 1, files: [{ known: true }] });
      expect(await bench.rows(`select * exclude (line) from registry.resource order by rid`)).toEqual(before);
      expect(await bench.rows('select count(*) as n from landing.file')).toEqual([{ n: 1 }]);
      expect(await bench.rows('select count(*) as n from landing.quarantine')).toEqual([{ n: 1 }]);
    });

    it('stores what is new, under the number that the resource has', async () => {
      await bench.load([bench.write('x.ndjson', [...people, ...findings])], demand);
      const changed = condition('c1', 'Patient/b', { recordedDate: '2024' });
      const report = await bench.load(
        [bench.write('y.ndjson', [...people, changed, findings[1]!, condition('c3', 'Patient/a')])],
        demand,
      );
      expect(report).toMatchObject({ loaded: { Condition: 2 }, unchanged: 3, quarantined: 0 });
      expect(await bench.rows(diagnoses)).toEqual([
        { patient: 'a', id: 'c3' },
        { patient: 'b', id: 'c1' },
        { patient: 'b', id: 'c2' },
      ]);
      expect(
        await bench.rows('select count(*) as n, count(distinct rid) as rids from registry.resource'),
      ).toEqual([{ n: 5, rids: 5 }]);
    });

    it('the newer version stays, in whatever order they come', async () => {
      const version = (lastUpdated: string, birthDate: string) =>
        patient('a', { meta: { lastUpdated }, birthDate });
      const older = bench.write('old.ndjson', [version('2024-01-01T00:00:00Z', '1980')]);
      const newer = bench.write('new.ndjson', [version('2024-06-01T00:00:00Z', '1981')]);
      const born = 'select "birthDate".lo as born from fhir."Patient"';
      expect(await bench.load([older, newer], demand)).toMatchObject({
        loaded: { Patient: 1 },
        outdated: 1,
        quarantined: 0,
      });
      expect(await bench.rows(born)).toEqual([{ born: '1981-01-01 00:00:00' }]);
      expect(await bench.load([older], demand)).toMatchObject({ loaded: {}, outdated: 1, quarantined: 0 });
      expect(await bench.rows(born)).toEqual([{ born: '1981-01-01 00:00:00' }]);
    });

    it('a conflict within a load is decided the same way every time, in whatever order the files come', async () => {
      const files = ['1980', '1990', '2000'].map((birthDate, n) =>
        bench.write(`${n}.ndjson`, [patient('a', { birthDate }), patient(`p${n}`)]),
      );
      const born = `select "birthDate".lo as born from fhir."Patient" where id = 'a'`;
      expect(await bench.load(files, demand)).toMatchObject({
        loaded: { Patient: 4 },
        reasons: { 'duplicate-id': 2 },
      });
      const decided = await bench.rows(born);
      expect(await bench.load(files, demand)).toMatchObject({ loaded: {}, unchanged: 4, quarantined: 2 });
      // Files that were loaded one by one before, and come together now: the same decision.
      for (const order of [files, files.toReversed()]) {
        const other = await new LoadBench().open();
        for (const file of order) await other.load([file], demand);
        await other.load(order, demand);
        expect(await other.rows(born)).toEqual(decided);
        other.close();
      }
    });

    it('the same resources from another source are other resources', async () => {
      const file = bench.write('x.ndjson', [...people, ...findings]);
      await bench.load([file], demand, 'north');
      expect(await bench.load([file], demand, 'south')).toMatchObject({
        loaded: { Patient: 2, Condition: 2 },
      });
      expect(
        await bench.rows('select source, count(*) as n from registry.resource group by all order by all'),
      ).toEqual([
        { source: 'north', n: 4 },
        { source: 'south', n: 4 },
      ]);
      expect(
        readdirSync(join(bench.dataDir, 'landing')).filter((name) => name.endsWith('.parquet')),
      ).toHaveLength(1);
    });

    it('a patient who comes later brings the conditions in', async () => {
      const file = bench.write('c.ndjson', findings);
      expect(await bench.load([file], demand)).toMatchObject({ loaded: {}, quarantined: 2 });
      expect(await bench.load([bench.write('p.ndjson', people)], demand)).toMatchObject({
        loaded: { Patient: 2 },
        restored: 2,
      });
      expect(await bench.rows(diagnoses)).toEqual(loaded);
      expect(await bench.load([file], demand)).toMatchObject({ loaded: {}, unchanged: 2, quarantined: 0 });
    });

    it('two files of the same content count once', async () => {
      const report = await bench.load(
        [bench.write('1.ndjson', people), bench.write('2.ndjson', people)],
        demand,
      );
      expect(report).toMatchObject({ loaded: { Patient: 2 }, unchanged: 2, quarantined: 0 });
    });
  });
});
