import { Database, loadFixture } from '@catchment/warehouse';
import { modelDemand } from '../demand';
import { defaultIdentityRule } from './identity-rule';
import { matchPersons } from './match-persons';

const demand = { Patient: modelDemand['Patient']! };

interface Given {
  family?: string;
  given?: string;
  suffix?: string;
  born?: string;
  sex?: string | null;
  phone?: string;
  email?: string;
  street?: string;
  postal?: string;
  ssn?: string;
  more?: object;
}

const ann: Given = { family: 'Okafor', given: 'Anneliese', born: '1961-04-17', sex: 'female' };
const reached: Given = { ...ann, phone: '(617) 555-8234' };

function patient(
  id: string,
  { family, given, suffix, born, sex, phone, email, street, postal, ssn, more }: Given,
) {
  return {
    resourceType: 'Patient',
    id,
    ...(ssn && { identifier: [{ system: 'http://hl7.org/fhir/sid/us-ssn', value: ssn }] }),
    name: [
      { use: 'official', family, given: given ? [given] : undefined, suffix: suffix ? [suffix] : undefined },
    ],
    telecom: [
      ...(phone ? [{ system: 'phone', value: phone }] : []),
      ...(email ? [{ system: 'email', value: email }] : []),
    ],
    ...(sex && { gender: sex }),
    ...(born && { birthDate: born }),
    ...((street ?? postal) && { address: [{ line: street ? [street] : undefined, postalCode: postal }] }),
    ...more,
  };
}

const home = { street: '14 North Elm Street Apt 3', postal: '02139' };
const child: Given = { family: 'Reyes', born: '2019-08-02', sex: 'female', phone: '617-555-7001', ...home };

/** Each case stands alone in a warehouse; the reason is why the outcome is right. */
const cases: [title: string, left: Given, right: Given, verdict: string, reason: string][] = [
  [
    'name, birth date, sex and telephone',
    reached,
    { ...reached, phone: '+1 617 555 8234' },
    'same',
    'one way to reach her',
  ],
  ['accents, case and hyphens', { ...reached, family: "O'Kafór" }, reached, 'same', 'ways of writing'],
  ['name, birth date and sex only', ann, ann, 'review', 'two people of a city can share all three'],
  [
    'the same in one postal code',
    { ...ann, postal: '02139' },
    { ...ann, postal: '02139' },
    'review',
    'a postal code is no address',
  ],
  [
    'the same at one address',
    { ...ann, ...home },
    { ...ann, street: '14 N Elm St Apartment 3', postal: '02139-2201' },
    'same',
    'one address',
  ],
  [
    'the same with invented telephone numbers',
    { ...ann, phone: '000-000-0000' },
    { ...ann, phone: '0000000000' },
    'review',
    'a placeholder is no contact',
  ],
  ['a missing sex', { ...reached, sex: null }, reached, 'same', 'missing data say nothing'],
  ['sex unknown', { ...reached, sex: 'unknown' }, reached, 'same', 'missing data say nothing'],
  ['different sexes', { ...reached, sex: 'male' }, reached, 'review', 'a contradiction is never merged'],
  [
    'a missing birth date',
    { ...reached, ...home, born: undefined },
    { ...reached, ...home },
    'review',
    'might be a mother and her daughter',
  ],
  [
    'a birth date that stands for unknown',
    { ...reached, ...home, born: '1900-01-01' },
    { ...reached, ...home },
    'review',
    'a placeholder is missing',
  ],
  [
    'a birth year without month',
    { ...reached, ...home, born: '1961' },
    { ...reached, ...home },
    'review',
    'not the full date',
  ],
  [
    'day and month of birth exchanged',
    { ...reached, born: '1961-05-04' },
    { ...reached, born: '1961-04-05' },
    'review',
    'probably a slip, not certainly',
  ],
  [
    'given and family name exchanged',
    { ...reached, family: 'Anneliese', given: 'Okafor' },
    reached,
    'same',
    'both names, one birth date, one telephone',
  ],
  ['a family name from marriage', { ...reached, family: 'Lindqvist' }, reached, 'review', 'might be two'],
  [
    'a short form of a given name',
    { ...reached, given: 'Anne' },
    reached,
    'review',
    'sisters have similar names',
  ],
  [
    'one social security number',
    { ...ann, ssn: '219-45-8872' },
    { ...ann, ssn: '219458872' },
    'same',
    'the number and everything else',
  ],
  [
    'one number, another family name',
    { ...ann, ssn: '219-45-8872' },
    { ...ann, family: 'Lindqvist', ssn: '219-45-8872' },
    'same',
    'number, birth date and given name',
  ],
  [
    'two social security numbers',
    { ...reached, ...home, ssn: '219-45-8872' },
    { ...reached, ...home, ssn: '219-45-8873' },
    'review',
    'a number is wrong, or they are two',
  ],
  [
    'one number, nothing else',
    { ...ann, ssn: '219-45-8872' },
    { family: 'Bauer', given: 'Igor', born: '1990-01-30', sex: 'male', ssn: '219-45-8872' },
    'different',
    'a mistyped number',
  ],
  [
    'one number, another birth date',
    { ...ann, ssn: '219-45-8872' },
    { ...ann, born: '1987-11-02', ssn: '219-45-8872' },
    'review',
    'one of the two is wrong',
  ],
  [
    'placeholders as numbers',
    { ...ann, ssn: '999-99-9999' },
    { family: 'Okafor', given: 'Igor', born: '1961-04-17', sex: 'male', ssn: '999-99-9999' },
    'different',
    'a placeholder is no number',
  ],
  [
    'twins who are said to be',
    { ...child, given: 'Mia', more: { multipleBirthInteger: 1 } },
    { ...child, given: 'Lia', more: { multipleBirthInteger: 2 } },
    'different',
    'two children of one birth',
  ],
  [
    'twins of one sex, not said to be',
    { ...child, given: 'Mia' },
    { ...child, given: 'Noor' },
    'review',
    'might be a second given name',
  ],
  [
    'twins with similar names',
    { ...child, given: 'Marisa' },
    { ...child, given: 'Marissa' },
    'review',
    'one letter is no proof',
  ],
  [
    'brother and sister of one birth',
    { ...child, given: 'Mia' },
    { ...child, given: 'Leo', sex: 'male' },
    'different',
    'given name and sex differ',
  ],
  [
    'newborns without a name',
    { ...child, given: 'Baby Girl' },
    { ...child, given: 'BabyGirl' },
    'review',
    'no given name',
  ],
  [
    'father and son, named alike',
    { ...reached, ...home, sex: 'male' },
    { ...reached, ...home, sex: 'male', born: '1989-10-03' },
    'different',
    'a generation apart',
  ],
  [
    'senior and junior, birth date copied',
    { ...reached, ...home, suffix: 'Sr' },
    { ...reached, ...home, family: 'Okafor Jr.' },
    'review',
    'two people with one birth date on file',
  ],
  [
    'junior, written in one record only',
    { ...reached, suffix: 'Jr' },
    reached,
    'same',
    'a missing suffix says nothing',
  ],
  [
    'neighbours of one name',
    { ...ann, postal: '02139' },
    { ...ann, born: '1974-12-25', postal: '02139' },
    'different',
    'born on other days',
  ],
  [
    'test patients',
    { ...reached, family: 'ZZTest' },
    { ...reached, family: 'ZZTest' },
    'different',
    'nobody',
  ],
];

async function verdictOf(left: Given, right: Given, sources: [string, string] = ['a', 'b']): Promise<string> {
  const database = await Database.open(':memory:');
  try {
    await loadFixture(database.main, [patient('1', left), patient('2', right)], demand);
    await database.main.run(
      `update registry.subject set source = case id when '1' then $1 else $2 end`,
      sources,
    );
    await matchPersons(database.main, defaultIdentityRule);
    const row = await database.main.first<{ verdict: string }>('select verdict from identity.pair');
    return row?.verdict ?? 'different';
  } finally {
    database.close();
  }
}

describe('two records of two sources', () => {
  it.each(cases)('%s', async (_title, left, right, verdict) => {
    expect(await verdictOf(left, right)).toBe(verdict);
    expect(await verdictOf(right, left)).toBe(verdict);
  });
});

describe('two records of one source', () => {
  it.each<[string, Given, Given, string]>([
    ['are two, however alike, until somebody looks', reached, reached, 'review'],
    [
      'are one when they have one social security number',
      { ...reached, ssn: '219-45-8872' },
      { ...reached, ssn: '219-45-8872' },
      'same',
    ],
    [
      'are one when the source says so',
      { ...ann, family: 'Lindqvist' },
      { ...ann, more: { link: [{ other: { reference: 'Patient/1' }, type: 'replaces' }] } },
      'same',
    ],
  ])('%s', async (_title, left, right, verdict) => {
    expect(await verdictOf(left, right, ['a', 'a'])).toBe(verdict);
  });

  it('a record number counts within its source only', async () => {
    const number = { identifier: [{ system: 'urn:oid:1.2.3', value: 'M-1' }] };
    const left = { ...reached, more: number };
    expect(await verdictOf(left, left, ['a', 'a'])).toBe('same');
    const other = { family: 'Okafor', given: 'Anne', born: '1961-04-17', sex: 'female', more: number };
    expect(await verdictOf({ ...ann, more: number }, other, ['a', 'b'])).toBe('review');
  });
});

describe('records that were compared before', () => {
  let database: Database;
  const mia: Given = { ...child, given: 'Mia' };
  const pairs = () =>
    database.main.rows<{ ids: string[]; verdict: string }>(`
      select list_sort([l.id, r.id])::varchar as ids, verdict from identity.pair
      join identity.record as l on l.record_id = left_record
      join identity.record as r on r.record_id = right_record order by ids`);
  beforeEach(async () => {
    database = await Database.open(':memory:');
    await loadFixture(database.main, [patient('1', reached), patient('2', ann), patient('3', mia)], demand);
    await database.main.run('update registry.subject set source = id');
    await matchPersons(database.main, defaultIdentityRule);
    expect(await pairs()).toEqual([{ ids: '[1, 2]', verdict: 'review' }]);
  });
  afterEach(() => database.close());

  it('are compared by what is new of them, and with new ones', async () => {
    const { main } = database;
    await main.run(`
      update fhir."Patient" set telecom = (select telecom from fhir."Patient" where id = '1') where id = '2';
      update registry.resource set hash = hash + 1 where id = '2'`);
    await loadFixture(main, [patient('4', mia)], demand);
    await main.run('update registry.subject set source = id');
    const report = await matchPersons(main, defaultIdentityRule);
    expect(report).toMatchObject({ records: 4 });
    expect(await pairs()).toEqual([
      { ids: '[1, 2]', verdict: 'same' },
      { ids: '[3, 4]', verdict: 'same' },
    ]);
    await main.run(`delete from fhir."Patient" where id = '4'; delete from registry.subject where id = '4';
      delete from registry.resource where id = '4'`);
    expect(await matchPersons(main, defaultIdentityRule)).toMatchObject({ records: 3 });
    expect(await pairs()).toEqual([{ ids: '[1, 2]', verdict: 'same' }]);
  });

  it('are brought into their normal forms again when other identifiers count', async () => {
    const { main } = database;
    const number = { identifier: [{ system: 'urn:card', value: '219-45-8872' }] };
    await loadFixture(
      main,
      [patient('5', { ...ann, more: number }), patient('6', { ...ann, more: number })],
      demand,
    );
    await main.run('update registry.subject set source = id');
    await matchPersons(main, defaultIdentityRule);
    const forms = 'select count(*) as n from identity.normal_form where len(person_numbers) > 0';
    expect(await main.first(forms)).toEqual({ n: 0 });
    const { kind } = defaultIdentityRule.personIdentifiers[0]!;
    await matchPersons(main, {
      ...defaultIdentityRule,
      personIdentifiers: [{ ...defaultIdentityRule.personIdentifiers[0]!, kind, systems: ['urn:card'] }],
    });
    expect(await main.first(forms)).toEqual({ n: 2 });
  });
});

describe('many records', () => {
  it('compares those that share a key, not all with all', async () => {
    const database = await Database.open(':memory:');
    const people = Array.from({ length: 500 }, (_, n) =>
      patient(`p${n}`, {
        family: `Family${n}`,
        given: `Given${n}`,
        born: '1980-06-15',
        sex: 'male',
        postal: '02139',
      }),
    );
    await loadFixture(database.main, people, demand);
    const report = await matchPersons(database.main, defaultIdentityRule);
    expect(report).toEqual({ records: 500, testRecords: 0, compared: 0, same: 0, review: 0, skippedKeys: 0 });
    database.close();
  });

  it('leaves out a key that too many share', async () => {
    const database = await Database.open(':memory:');
    const people = Array.from({ length: 101 }, (_, n) =>
      patient(`p${n}`, {
        family: `Family${n}`,
        given: `Given${n}`,
        born: '1980-06-15',
        email: 'desk@clinic.example',
      }),
    );
    await loadFixture(database.main, people, demand);
    expect(await matchPersons(database.main, defaultIdentityRule)).toMatchObject({
      compared: 0,
      skippedKeys: 1,
    });
    database.close();
  });

  it('compares the ends of a chain: the middle may be two people', async () => {
    const database = await Database.open(':memory:');
    const middle = { ...reached, ...home, suffix: undefined };
    const people = [
      patient('1', { ...reached, suffix: 'Sr' }),
      patient('2', middle),
      patient('3', { ...ann, ...home, suffix: 'Jr', email: 'x@example.org' }),
    ];
    await loadFixture(database.main, people, demand);
    await database.main.run(`update registry.subject set source = 's' || id`);
    await matchPersons(database.main, defaultIdentityRule);
    const pairs = await database.main.rows(
      `select l.id as l, r.id as r, verdict, contradictions::varchar as why from identity.pair
       join identity.record as l on l.record_id = left_record join identity.record as r on r.record_id = right_record
       order by least(l.id, r.id), greatest(l.id, r.id)`,
    );
    expect(pairs.map((row) => row['verdict'])).toEqual(['same', 'review', 'same']);
    expect(pairs[1]!['why']).toBe(`['generations differ (Jr, Sr, II, …)']`);
    database.close();
  });
});
