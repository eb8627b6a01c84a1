import fs, { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Demand } from '@catchment/fhir';
import { loadFixture, openWarehouse, type Connection, type Database } from '@catchment/warehouse';
import { recordQuality } from './record-quality';
import { recordedMeasure } from './recorded-measure.fixture';

const loinc = 'http://loinc.org';
const canonical = 'http://example.org/ValueSet/bp';
const leaf = {};
const demand: Demand = {
  Patient: { birthDate: leaf, gender: leaf, deceasedDateTime: leaf },
  Observation: {
    status: leaf,
    code: leaf,
    effectiveDateTime: leaf,
    valueQuantity: { value: leaf, unit: leaf, code: leaf },
    encounter: { reference: leaf },
  },
  Encounter: { status: leaf, type: leaf, period: { start: leaf, end: leaf } },
};

let folder: string;
let database: Database;
let connection: Connection;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'catchment-quality-'));
  database = await openWarehouse(folder);
  connection = database.main;
  await connection.run(`insert into terminology.value_set values (1, '${canonical}', '1', 'Blood pressures', 'imported');
    insert into terminology.value_set_code values (1, '${loinc}', '8480-6'), (1, '${loinc}', '8462-4')`);
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const patient = (id: string, more: object = {}) => ({
  resourceType: 'Patient',
  id,
  birthDate: '1960-05-05',
  gender: 'female',
  ...more,
});

const systolic = (id: string, value: number, more: object = {}, patientId = 'p1') => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: { reference: `Patient/${patientId}` },
  code: { coding: [{ system: loinc, code: '8480-6', display: 'Systolic blood pressure' }] },
  effectiveDateTime: '2026-03-01T10:00:00Z',
  valueQuantity: { value, unit: 'mmHg', code: 'mm[Hg]' },
  ...more,
});

/** A measure of one define that retrieves a value set and decides the numerator. */
const measure = (measureId: string, type = 'Observation'): Promise<void> =>
  recordedMeasure(connection, measureId, [{ type, name: 'Blood pressures', canonical }]);

async function check(resources: object[], reads: Demand = demand, type?: string) {
  await loadFixture(connection, resources, demand);
  await measure('BP', type);
  await record(reads);
  return connection.rows<{
    check: string;
    type: string;
    affected: number;
    total: number;
    examples: string[];
  }>('select check_id as "check", type, affected, total, examples from quality.finding order by all');
}

async function record(reads: Demand = demand, dataAsOf = '2026-06-01T00:00:00Z'): Promise<void> {
  await recordQuality({
    connection,
    dataAsOf,
    runId: 'r',
    measures: [{ measureId: 'BP', demand: reads }],
  });
}

const grade = () =>
  connection.first<{ grade: string; score: number | null; reason: string }>(
    'select grade, score, reason from quality.measure',
  );

const without = (resource: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(resource).filter(([name]) => !names.includes(name)));

describe('checks', () => {
  it('finds nothing in sound data', async () => {
    expect(
      await check([
        patient('p1'),
        systolic('o1', 120),
        systolic('o2', 300, { effectiveDateTime: '2026-05' }),
      ]),
    ).toEqual([]);
    expect(await grade()).toMatchObject({ grade: 'A', score: 1 });
  });

  const cases: [string, object[], string, string][] = [
    [
      'a blood pressure without a date',
      [without(systolic('x', 120), 'effectiveDateTime')],
      'no-date',
      'Observation',
    ],
    ['a blood pressure without a code', [without(systolic('x', 120), 'code')], 'no-code', 'Observation'],
    [
      'a blood pressure without a status',
      [without(systolic('x', 120), 'status')],
      'no-status',
      'Observation',
    ],
    [
      'a blood pressure without a value',
      [without(systolic('x', 120), 'valueQuantity')],
      'no-value',
      'Observation',
    ],
    [
      'a number without a unit',
      [systolic('x', 120, { valueQuantity: { value: 120 } })],
      'no-unit',
      'Observation',
    ],
    ['a value above what a living person has', [systolic('x', 1200)], 'value-out-of-range', 'Observation'],
    ['a value below what a living person has', [systolic('x', 12)], 'value-out-of-range', 'Observation'],
    [
      'a pressure in kPa, which UCUM knows',
      [systolic('x', 16, { valueQuantity: { value: 16, code: 'kPa' } })],
      'unexpected-unit',
      'Observation',
    ],
    [
      'an observation of next year',
      [systolic('x', 120, { effectiveDateTime: '2027-01-01' })],
      'date-in-future',
      'Observation',
    ],
    [
      'an observation before birth',
      [systolic('x', 120, { effectiveDateTime: '1950-01-01' })],
      'date-before-birth',
      'Observation',
    ],
    [
      'an encounter that nobody sent',
      [systolic('x', 120, { encounter: { reference: 'Encounter/none' } })],
      'reference-to-nobody',
      'Observation',
    ],
    [
      'a patient born in the future',
      [patient('x', { birthDate: '2027-01-01' })],
      'birth-in-future',
      'Patient',
    ],
    [
      'a living patient of 130 years',
      [patient('x', { birthDate: '1896-01-01' })],
      'older-than-120',
      'Patient',
    ],
    [
      'a patient who died before birth',
      [patient('x', { deceasedDateTime: '1959-01-01' })],
      'death-before-birth',
      'Patient',
    ],
    ['a patient without a birth date', [without(patient('x'), 'birthDate')], 'no-birth-date', 'Patient'],
    [
      'an encounter that ends before it begins',
      [
        {
          resourceType: 'Encounter',
          id: 'x',
          status: 'finished',
          subject: { reference: 'Patient/p1' },
          type: [{ coding: [{ system: 's', code: 'c' }] }],
          period: { start: '2026-02-02', end: '2026-02-01' },
        },
      ],
      'period-reversed',
      'Encounter',
    ],
  ];
  it.each(cases)('%s', async (_, resources, id, type) => {
    const findings = await check([
      patient('p1'),
      systolic('sound', 120, { effectiveDateTime: '2026-01-01' }),
      ...resources,
    ]);
    const found = findings.filter((each) => each.type === type);
    expect(found).toMatchObject([
      { check: id, affected: 1, total: type === 'Encounter' ? 1 : 2, examples: ['x'] },
    ]);
  });

  it('a patient who died at 125 long ago is no mistake, and dates of planned visits may lie ahead', async () => {
    expect(
      await check([
        patient('p1', { birthDate: '1890-01-01', deceasedDateTime: '1970-01-01' }),
        systolic('o', 120, { effectiveDateTime: '1960' }),
      ]),
    ).toEqual([]);
  });

  it('a unit that UCUM does not know is told apart from one that the code is not measured in', async () => {
    const findings = await check([
      patient('p1'),
      systolic('x', 120, { valueQuantity: { value: 120, unit: 'torrs' } }),
    ]);
    expect(findings.map((each) => each.check)).toEqual(['unexpected-unit', 'unknown-unit']);
  });

  it('the same said twice is one duplicate; at another time it is another measurement', async () => {
    const findings = await check([
      patient('p1'),
      systolic('a', 120),
      systolic('b', 120),
      systolic('c', 120, { effectiveDateTime: '2026-03-02' }),
    ]);
    expect(findings).toMatchObject([{ check: 'duplicate', affected: 1, total: 3 }]);
  });

  it('a medication whose id another source uses for another one may be met by the wrong references', async () => {
    const medications = ['m1', 'm2'].map((id) => ({ resourceType: 'Medication', id, status: 'active' }));
    await loadFixture(connection, [patient('p1'), ...medications], {
      ...demand,
      Medication: { status: leaf },
    });
    // as a second source sends it
    await connection.run(`insert into fhir."Medication" by name
      select * replace (rid + 1000 as rid) from fhir."Medication" where id = 'm2'`);
    await measure('BP');
    await record();
    expect(
      await connection.rows(
        `select check_id as "check", severity, examples from quality.finding where type = 'Medication'`,
      ),
    ).toEqual([{ check: 'id-of-two-sources', severity: 'error', examples: ['m2'] }]);
  });

  it('what a load set aside counts with its reason', async () => {
    await connection.run(`insert into landing.file values (7, 'f', 'h', 1, 'clinic', '2026-05-01');
      insert into landing.quarantine values (7, 1, 'Observation', 'x', 'invalid-value', 'effectiveDateTime')`);
    expect(await check([patient('p1'), systolic('o', 120)])).toMatchObject([
      { check: 'invalid-value', type: 'Observation', affected: 1, total: 1, examples: ['x'] },
    ]);
    expect(await connection.first("select grade from quality.source where source = 'clinic'")).toEqual({
      grade: 'F',
    });
  });

  it('a source that holds a tenth less than at the last check has shrunk; a feed past twice its rhythm is late', async () => {
    await connection.run(`insert into quality.history values
        ('before', '2026-05-01', 'source', 'fixture', 1, 'A', 2, 10);
      insert into landing.file
      select n, 'f', 'h', 1, 'weekly', timestamp '2026-01-01' + to_days(n * 7) from range(5) as t(n);
      insert into landing.file values (9, 'f', 'h', 1, 'other', '2026-03-01')`);
    const findings = await check([patient('p1'), systolic('o', 120)]);
    expect(findings).toMatchObject([
      { check: 'fewer-resources', affected: 8, total: 10 },
      // the last of five weekly files came on 29 January, 31 days before 1 March
      { check: 'late-feed', affected: 31 },
    ]);
  });
});

describe('grades of measures', () => {
  it('an error costs a resource, a warning half of it, and only in what the measure reads', async () => {
    const resources = [
      patient('p1'),
      systolic('a', 120),
      systolic('b', 121, { status: undefined }),
      without(systolic('c', 122), 'effectiveDateTime'),
      systolic('d', 123),
    ];
    await check(resources);
    // Patient 1 of 1 usable, Observation 2.5 of 4, both of weight 3
    expect(await grade()).toMatchObject({ grade: 'D', score: 0.8125 });
    const findings = await connection.rows(
      'select check_id as "check", name, affected, total from quality.measure_finding order by all',
    );
    expect(findings).toEqual([
      { check: 'no-date', name: 'Blood pressures', affected: 1, total: 4 },
      { check: 'no-status', name: 'Blood pressures', affected: 1, total: 4 },
    ]);
    await record({ Patient: { birthDate: leaf }, Observation: { code: leaf, valueQuantity: leaf } });
    expect(await grade()).toMatchObject({ grade: 'A', score: 1 });
  });

  it('faults of resources that the measure does not look for cost it nothing', async () => {
    await check([
      patient('p1'),
      systolic('a', 120),
      {
        ...without(systolic('b', 120), 'effectiveDateTime'),
        code: { coding: [{ system: loinc, code: '1-8' }] },
      },
    ]);
    expect(await grade()).toMatchObject({ grade: 'A', score: 1 });
  });

  it('a type that is read for both purposes has a reason for each, first what decides who counts', async () => {
    const other = { code: { coding: [{ system: loinc, code: '1-8' }] } };
    await check([
      patient('p1'),
      systolic('a', 120),
      systolic('b', 121, { status: undefined }),
      without(systolic('c', 122, other), 'effectiveDateTime'),
    ]);
    await connection.run(`
      insert into results.retrieve (measure_id, library, define, type, name, system, code)
        values ('BP', 'L', 'Excluded', 'Observation', 'Other', '${loinc}', '1-8');
      insert into results.define (measure_id, seq, library, define) values ('BP', 1, 'L', 'Excluded');
      insert into results.define_population values ('BP', 1, 'G', 'denominator-exclusion', true)`);
    await record();
    // (3 · 1 of 1 patient + 3 · 1.5 of 2 + 1 · 0 of 1) / 7
    expect(await grade()).toMatchObject({
      score: expect.closeTo(5.25 / 7, 9) as number,
      reason:
        '75 % of what is read of Observation to decide who counts is usable; ' +
        '0 % of what is read of Observation to take somebody out is usable',
    });
  });

  it('no data of what decides the numerator is no A, however sound the rest is', async () => {
    await check([patient('p1')]);
    expect(await grade()).toMatchObject({
      grade: 'D',
      reason:
        'there are no data at all for the numerator; there is no Observation of those that it looks for',
    });
  });
});

describe('codes that no value set knows', () => {
  const coded = (id: string, system: string, code: string, display?: string, patientId = 'p1') =>
    systolic(
      id,
      120,
      { code: { coding: [{ system, code, display }] }, effectiveDateTime: `2026-01-0${id.slice(1)}` },
      patientId,
    );

  const unmapped = () =>
    connection.rows(
      `select system, code, patients, likeness, target_code as target from quality.unmapped_code order by patients desc, system, code`,
    );

  it('are ranked by patients, with what they look like', async () => {
    await check([
      patient('p1'),
      patient('p2'),
      systolic('a', 120),
      coded('o1', 'urn:oid:2.16.840.1.113883.6.1', '8480-6'),
      coded('o2', loinc, ' 84806'),
      coded('o3', 'urn:clinic', 'SYS', 'SYSTOLIC blood pressure'),
      coded('o4', 'urn:clinic', 'SYS', 'SYSTOLIC blood pressure', 'p2'),
      coded('o5', 'urn:clinic', 'XYZ', 'mood'),
      // a LOINC code that no measure asks for is nothing to put right
      coded('o6', loinc, '2345-7', 'Glucose'),
    ]);
    expect(await unmapped()).toEqual([
      { system: 'urn:clinic', code: 'SYS', patients: 2, likeness: 'same-display', target: '8480-6' },
      { system: loinc, code: ' 84806', patients: 1, likeness: 'other-code-form', target: '8480-6' },
      { system: 'urn:clinic', code: 'XYZ', patients: 1, likeness: 'local-system', target: null },
      {
        system: 'urn:oid:2.16.840.1.113883.6.1',
        code: '8480-6',
        patients: 1,
        likeness: 'other-system-name',
        target: '8480-6',
      },
    ]);
    // p1 has a systolic pressure already; only p2 would come into the value set
    expect(
      await connection.rows(`select canonical, patients from quality.unmapped_reach where code = 'SYS'`),
    ).toEqual([{ canonical, patients: 1 }]);
  });

  it('may mean a code that only the publisher of a value set calls the same', async () => {
    await connection.run(
      `insert into terminology.code_display values ('${loinc}', '8462-4', 'Diastolic blood pressure')`,
    );
    await check([patient('p1'), coded('o1', 'urn:clinic', 'DIA', 'diastolic BLOOD pressure')]);
    expect(await unmapped()).toEqual([
      { system: 'urn:clinic', code: 'DIA', patients: 1, likeness: 'same-display', target: '8462-4' },
    ]);
  });

  it('a code with another coding that is in a value set needs none', async () => {
    await check([
      patient('p1'),
      systolic('a', 120, {
        code: {
          coding: [
            { system: loinc, code: '8480-6' },
            { system: 'urn:clinic', code: 'S' },
          ],
        },
      }),
    ]);
    expect(await unmapped()).toEqual([]);
  });

  it('a mapped code counts for the measure, and without the mapping all is as before', async () => {
    await check([patient('p1'), coded('o1', 'urn:clinic', 'SYS')]);
    expect(await grade()).toMatchObject({ grade: 'D' });
    await connection.run(
      `insert into terminology.code_mapping (system, code, target_system, target_code)
       values ('urn:clinic', 'SYS', '${loinc}', '8480-6')`,
    );
    await record();
    expect(await grade()).toMatchObject({ grade: 'A' });
    expect(await unmapped()).toEqual([]);
    await connection.run('delete from terminology.code_mapping');
    await record();
    expect(await grade()).toMatchObject({ grade: 'D' });
    expect(await unmapped()).toHaveLength(1);
  });
});

describe('what was checked before', () => {
  const recheck = async (reads?: Demand, dataAsOf?: string): Promise<'kept' | 'checked again'> => {
    // A finding that no check makes: it goes when the data are checked again.
    await connection.run(
      `insert into quality.finding values ('mark', 'feed', 'info', 'fixture', null, null, 'mark', 1, 1, [])`,
    );
    await record(reads, dataAsOf);
    const mark = await connection.first(`select 1 from quality.finding where check_id = 'mark'`);
    await connection.run(`delete from quality.finding where check_id = 'mark'`);
    return mark ? 'kept' : 'checked again';
  };
  const contents = async (): Promise<object> => {
    const tables = ['finding', 'source', 'measure', 'measure_input', 'measure_finding', 'unmapped_code'];
    const rows = tables.map((table) => connection.rows(`select * from quality.${table} order by all`));
    return Promise.all(rows);
  };
  const local = systolic('o2', 120, { code: { coding: [{ system: 'urn:clinic', code: 'SYS' }] } });

  beforeEach(() => check([patient('p1'), patient('p2'), systolic('o1', 120, { status: undefined }), local]));

  it('is kept, to the last number, while nothing that decides it changes', async () => {
    const before = await contents();
    expect(await recheck()).toBe('kept');
    expect(await contents()).toEqual(before);
    expect(await connection.rows('select id, grade from quality.history order by id')).toEqual([
      { id: 'BP', grade: 'F' },
      { id: 'fixture', grade: 'D' },
    ]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['data', () => loadFixture(connection, [systolic('o3', 120)], demand)],
    [
      'who is one person',
      () => connection.run(`insert into identity.settled (state) values ('two records of one person')`),
    ],
    [
      'codes of a value set',
      () => connection.run(`insert into terminology.value_set_code values (1, '${loinc}', '8478-0')`),
    ],
    [
      'names of codes',
      () => connection.run(`insert into terminology.code_display values ('${loinc}', '8480-6', 'Systolic')`),
    ],
    [
      'which version of a value set is meant',
      () => connection.run(`insert into terminology.pin values ('${canonical}', '2', 'release')`),
    ],
    [
      'mappings',
      () =>
        connection.run(`insert into terminology.code_mapping (system, code, target_system, target_code)
          values ('urn:clinic', 'SYS', '${loinc}', '8480-6')`),
    ],
    ['what a measure retrieves', () => measure('BP', 'Encounter')],
    ['the measures that have results', () => measure('OTHER')],
    [
      'which define decides',
      () => connection.run(`update results.define_population set population = 'denominator-exclusion'`),
    ],
  ])('is checked again with other %s', async (_, change) => {
    await change();
    expect(await recheck()).toBe('checked again');
    expect(await recheck()).toBe('kept');
  });

  it('is checked again with other elements that a measure reads', async () => {
    const less = { Patient: demand.Patient!, Observation: { code: leaf } };
    expect(await recheck(less)).toBe('checked again');
    expect(await grade()).toMatchObject({ score: 1 });
    expect(await recheck()).toBe('checked again');
  });

  it('is checked again at another instant', async () => {
    expect(await recheck(demand, '2026-06-02T00:00:00Z')).toBe('checked again');
  });

  it('is checked again with other plausible values', async () => {
    const read = readFileSync;
    const spy = jest.spyOn(fs, 'readFileSync').mockImplementation(((path: string, ...more: []) => {
      const content = read(path, ...more);
      return path.endsWith('plausible-values.json') ? `${String(content)} ` : content;
    }) as typeof readFileSync);
    try {
      expect(await recheck()).toBe('checked again');
    } finally {
      spy.mockRestore();
    }
    expect(await recheck()).toBe('checked again');
  });

  it('is kept when fewer patients could be evaluated, which a grade says all the same', async () => {
    const { score } = (await grade())!;
    await connection.run(`insert into results.not_evaluated
      select 'BP', pid, 'two birth dates' from registry.subject where id = 'p2'`);
    expect(await recheck()).toBe('kept');
    expect(await grade()).toMatchObject({ score: score! / 2 });
    expect((await grade())!.reason).toContain('50 % of the patients could not be evaluated');
  });
});
