import { Database, keepNews, loadFixture, readNews } from '@catchment/warehouse';
import { modelDemand } from '../demand';
import { defaultIdentityRule, type IdentityRule } from '../identity/identity-rule';
import { writeDecisions, type IdentityDecision } from '../identity/link-records';
import { matchPersons } from '../identity/match-persons';
import { settlePersons } from './settle-persons';

const demand = Object.fromEntries(
  ['Patient', 'Encounter', 'Observation', 'Condition'].map((type) => [type, modelDemand[type]!]),
);

/** A patient of clinic `a`, the same of hospital `b`, and somebody else. */
const patients = [
  {
    resourceType: 'Patient',
    id: 'a1',
    meta: { lastUpdated: '2025-03-01T00:00:00Z' },
    identifier: [{ system: 'urn:a', value: 'A-1' }],
    name: [{ use: 'official', family: 'Okafor', given: ['Anneliese'] }],
    gender: 'female',
    birthDate: '1961-04-17',
    telecom: [{ system: 'phone', value: '617-555-8234' }],
    deceasedBoolean: true,
    extension: [{ url: 'urn:race', extension: [{ url: 'text', valueString: 'White' }] }],
  },
  {
    resourceType: 'Patient',
    id: 'b1',
    meta: { lastUpdated: '2026-02-01T00:00:00Z' },
    identifier: [{ system: 'urn:b', value: 'B-1' }],
    name: [{ use: 'official', family: 'Okafor-Lind', given: ['Anneliese'] }],
    birthDate: '1961-04-17',
    telecom: [{ system: 'phone', value: '617-555-9999' }],
    deceasedBoolean: false,
    extension: [
      { url: 'urn:race', extension: [{ url: 'text', valueString: 'Black' }] },
      { url: 'urn:ethnicity', extension: [{ url: 'text', valueString: 'Not Hispanic' }] },
    ],
  },
  { resourceType: 'Patient', id: 'other', birthDate: '1980-01-01', gender: 'male' },
];

const loinc = (code: string, ...more: object[]) => ({
  coding: [...more, { system: 'http://loinc.org', code }],
});
const lab = (id: string, patient: string, value: number, at = '2026-01-05T09:30:00Z', more: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: { reference: `Patient/${patient}` },
  code: loinc('4548-4'),
  effectiveDateTime: at,
  valueQuantity: { value, unit: '%', code: '%' },
  ...more,
});
const visit = (id: string, patient: string, start = '2026-01-05T09:00:00Z') => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  subject: { reference: `Patient/${patient}` },
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  period: { start, end: '2026-01-05T10:00:00Z' },
});
const diagnosis = (id: string, patient: string, encounter: string) => ({
  resourceType: 'Condition',
  id,
  subject: { reference: `Patient/${patient}` },
  code: {
    coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: id.startsWith('ca') ? 'E11.9' : 'I10' }],
  },
  recordedDate: '2026-01-05',
  encounter: { reference: `Encounter/${encounter}` },
});

class Bench {
  readonly ids = new Map<string, string>();

  private constructor(readonly database: Database) {}

  static async open(resources: object[] = []): Promise<Bench> {
    const bench = new Bench(await Database.open(':memory:'));
    await loadFixture(bench.database.main, [...patients, ...resources], demand);
    await bench.database.main
      .run(`update registry.subject set source = case id when 'a1' then 'clinic' else 'hospital' end;
      update registry.resource set source = case when pid = (select pid from registry.subject where id = 'a1') then 'clinic' else 'hospital' end`);
    for (const { id, record_id } of await bench.rows<{ id: string; record_id: string }>(
      'select id, record_id from identity.record',
    ))
      bench.ids.set(id, record_id);
    return bench;
  }

  rows<T>(sql: string): Promise<T[]> {
    return this.database.main.rows<T>(sql);
  }

  async decide(verdict: IdentityDecision['verdict'] | 'nothing', left = 'a1', right = 'b1'): Promise<void> {
    const pair = { left: this.ids.get(left)!, right: this.ids.get(right)! };
    await writeDecisions(this.database.main, verdict === 'nothing' ? [] : [{ ...pair, verdict }]);
    await settlePersons(this.database.main);
  }

  /** Every row of the typed tables, as text. */
  async typed(): Promise<string[]> {
    const rows = await Promise.all(
      Object.keys(demand).map((type) =>
        this.rows<{ row: string }>(
          `select '${type}' || t::varchar as row from fhir."${type}" as t order by all`,
        ),
      ),
    );
    return rows.flat().map(({ row }) => row);
  }
}

describe('a person of two records', () => {
  it('is one patient, and two again, to the last value', async () => {
    const bench = await Bench.open([
      visit('va', 'a1'),
      visit('vb', 'b1'),
      lab('la', 'a1', 9.4),
      lab('lb', 'b1', 9.4),
      diagnosis('cb', 'b1', 'vb'),
      visit('vo', 'other'),
    ]);
    const before = await bench.typed();
    await bench.decide('same');
    expect(await bench.rows('select id, pid from fhir."Patient" order by id')).toEqual([
      { id: 'a1', pid: 1 },
      { id: 'other', pid: 3 },
    ]);
    expect(await bench.rows('select distinct pid from fhir."Condition"')).toEqual([{ pid: 1 }]);
    expect(await bench.typed()).not.toEqual(before);
    await bench.decide('nothing');
    expect(await bench.typed()).toEqual(before);
    expect(await bench.rows('select * from identity.set_aside')).toEqual([]);
    bench.database.close();
  });

  it('takes each element from where it was updated last; a death counts whoever says so', async () => {
    const bench = await Bench.open();
    await bench.decide('same');
    const [golden] = await bench.rows<Record<string, unknown>>(`select
      name[1].family as family, gender, telecom[1].value as phone, "deceasedBoolean" as dead,
      list_sort(list_transform(identifier, lambda i: i.value)) as numbers,
      list_transform(extension, lambda e: e.extension[1]."valueString") as texts
      from fhir."Patient" where pid = 1`);
    expect(golden).toEqual({
      family: 'Okafor-Lind',
      gender: 'female',
      phone: '617-555-9999',
      dead: true,
      numbers: ['A-1', 'B-1'],
      texts: ['Black', 'Not Hispanic'],
    });
    const sources = await bench.rows<{ element: string; source: string }>(
      `select element, source from identity.golden_element where element in ('name', 'gender', 'deceased') order by element`,
    );
    expect(sources).toEqual([
      { element: 'deceased', source: 'clinic' },
      { element: 'gender', source: 'clinic' },
      { element: 'name', source: 'hospital' },
    ]);
    bench.database.close();
  });

  it('takes elements from another source as soon as another is preferred, and has news then', async () => {
    const bench = await Bench.open();
    const { main } = bench.database;
    const prefer = async (...sourcePriority: string[]): Promise<unknown> => {
      await matchPersons(main, { ...defaultIdentityRule, sourcePriority });
      await settlePersons(main);
      return (await bench.rows('select name[1].family as family from fhir."Patient" where pid = 1'))[0];
    };
    await bench.decide('same');
    expect(await prefer('clinic')).toEqual({ family: 'Okafor' });
    await readNews(main, 'evaluation');
    await keepNews(main, 'evaluation');
    expect(await prefer('hospital')).toEqual({ family: 'Okafor-Lind' });
    expect(await readNews(main, 'evaluation')).toMatchObject({ patients: 1 });
    expect(await bench.rows('select pid from temp.news_for_evaluation')).toEqual([{ pid: 1 }]);
    bench.database.close();
  });

  it('is compared by what a record states now, also where its row stands aside', async () => {
    const bench = await Bench.open();
    const { main } = bench.database;
    await bench.decide('same');
    // As a load does with a newer version: another row of the same number.
    await main.run(`
      create temp table newer as
        select * replace ({lo: timestamp '2020-02-02', hi: timestamp '2020-02-02'} as "birthDate")
        from aside."Patient" where id = 'b1';
      delete from fhir."Patient" where rid in (select rid from temp.newer);
      insert into fhir."Patient" by name from temp.newer`);
    await main.run(`update registry.resource set hash = hash + 1 where type = 'Patient' and id = 'b1'`);
    await matchPersons(main, defaultIdentityRule);
    expect(
      await bench.rows(`select birth_date::varchar as born from identity.normal_form
        where pid = (select pid from registry.subject where id = 'b1')`),
    ).toEqual([{ born: '2020-02-02' }]);
    bench.database.close();
  });

  it('takes each element from the preferred source where there is one', async () => {
    const bench = await Bench.open();
    const rule: IdentityRule = { ...defaultIdentityRule, sourcePriority: ['clinic'] };
    await matchPersons(bench.database.main, rule);
    await bench.decide('same');
    expect(await bench.rows(`select name[1].family as family from fhir."Patient" where pid = 1`)).toEqual([
      { family: 'Okafor' },
    ]);
    bench.database.close();
  });
});

describe('a fact that two sources state', () => {
  const kept = (bench: Bench, type: string) =>
    bench
      .rows<{ id: string }>(`select id from fhir."${type}" order by id`)
      .then((rows) => rows.map(({ id }) => id));

  it.each<[string, object[], string[]]>([
    ['counts once', [lab('la', 'a1', 9.4), lab('lb', 'b1', 9.4)], ['la']],
    ['is another with another value', [lab('la', 'a1', 9.4), lab('lb', 'b1', 9.5)], ['la', 'lb']],
    [
      'is another at another time',
      [lab('la', 'a1', 9.4), lab('lb', 'b1', 9.4, '2026-01-05T09:31:00Z')],
      ['la', 'lb'],
    ],
    [
      'is the same at one instant, stated in two offsets',
      [lab('la', 'a1', 9.4), lab('lb', 'b1', 9.4, '2026-01-05T04:30:00-05:00')],
      ['la'],
    ],
    [
      'is the same with a further local code',
      [
        lab('la', 'a1', 9.4),
        lab('lb', 'b1', 9.4, undefined, { code: loinc('4548-4', { system: 'urn:b', code: 'A1C' }) }),
      ],
      ['la'],
    ],
    [
      'is another without a standard code in common',
      [
        lab('la', 'a1', 9.4),
        lab('lb', 'b1', 9.4, undefined, { code: { coding: [{ system: 'urn:b', code: 'A1C' }] } }),
      ],
      ['la', 'lb'],
    ],
    [
      'is another in another status',
      [lab('la', 'a1', 9.4), lab('lb', 'b1', 9.4, undefined, { status: 'amended' })],
      ['la', 'lb'],
    ],
    [
      'stays twice where one source states it twice',
      [lab('la', 'a1', 9.4), lab('lz', 'a1', 9.4), lab('lb', 'b1', 9.4)],
      ['la', 'lz'],
    ],
    ['of somebody else is nobody’s business', [lab('la', 'a1', 9.4), lab('lo', 'other', 9.4)], ['la', 'lo']],
  ])('%s', async (_title, facts, expected) => {
    const bench = await Bench.open(facts);
    await bench.decide('same');
    expect(await kept(bench, 'Observation')).toEqual(expected);
    bench.database.close();
  });

  it('two visits of one day without a time stay two', async () => {
    const bench = await Bench.open([visit('va', 'a1', '2026-01-05'), visit('vb', 'b1', '2026-01-05')]);
    await bench.decide('same');
    expect(await kept(bench, 'Encounter')).toEqual(['va', 'vb']);
    bench.database.close();
  });

  it('names both resources, and comes back when the kept one is deleted', async () => {
    const bench = await Bench.open([lab('la', 'a1', 9.4), lab('lb', 'b1', 9.4)]);
    await bench.decide('same');
    expect(
      await bench.rows(`select hidden.id as hidden, kept.id as kept from identity.same_fact
        join registry.resource as hidden using (rid) join registry.resource as kept on kept.rid = kept_rid`),
    ).toEqual([{ hidden: 'lb', kept: 'la' }]);
    await bench.database.main.run(
      `delete from fhir."Observation" where id = 'la'; delete from registry.resource where id = 'la'`,
    );
    await settlePersons(bench.database.main);
    expect(await kept(bench, 'Observation')).toEqual(['lb']);
    bench.database.close();
  });

  it('is referred to by the id of the kept one', async () => {
    const bench = await Bench.open([visit('va', 'a1'), visit('vb', 'b1'), diagnosis('cb', 'b1', 'vb')]);
    await bench.decide('same');
    expect(await bench.rows(`select id, encounter.reference as encounter from fhir."Condition"`)).toEqual([
      { id: 'cb', encounter: 'Encounter/va' },
    ]);
    bench.database.close();
  });
});

describe('resources of two sources with one id', () => {
  it('are two, and each reference means the one of its source', async () => {
    const bench = await Bench.open([
      visit('va', 'a1'),
      visit('vb', 'b1', '2026-01-09T09:00:00Z'),
      diagnosis('ca', 'a1', 'v'),
      diagnosis('cb', 'b1', 'v'),
    ]);
    await bench.database.main.run(
      `update fhir."Encounter" set id = 'v'; update registry.resource set id = 'v' where type = 'Encounter'`,
    );
    await bench.decide('same');
    const pairs = await bench.rows(
      `select c.id as c, e.period."start".lo::date::varchar as visit from fhir."Condition" as c
       join fhir."Encounter" as e on c.encounter.reference = 'Encounter/' || e.id and c.pid = e.pid order by c.id`,
    );
    expect(pairs).toEqual([
      { c: 'ca', visit: '2026-01-05' },
      { c: 'cb', visit: '2026-01-09' },
    ]);
    bench.database.close();
  });
});

describe('what arrives later', () => {
  it('belongs to the person after the next settling, newer versions too', async () => {
    const bench = await Bench.open([lab('la', 'a1', 9.4), lab('lb', 'b1', 9.4)]);
    await bench.decide('same');
    const { main } = bench.database;
    // What a load does with a newer version of the hidden result: the old row goes by its number, the new one has it.
    await main.run(`
      insert into fhir."Observation" by name select * replace (2 as pid, struct_update("valueQuantity", "value" := 7.1) as "valueQuantity", 'lb' as id,
        (select rid from registry.resource where id = 'lb') as rid) from fhir."Observation" where id = 'la';
      update registry.resource set hash = 1 where id = 'lb'`);
    await settlePersons(main);
    expect(
      await bench.rows(`select pid, "valueQuantity"."value"::double as v from fhir."Observation" order by v`),
    ).toEqual([
      { pid: 1, v: 7.1 },
      { pid: 1, v: 9.4 },
    ]);
    await bench.decide('nothing');
    expect(
      await bench.rows(`select pid, "valueQuantity"."value"::double as v from fhir."Observation" order by v`),
    ).toEqual([
      { pid: 2, v: 7.1 },
      { pid: 1, v: 9.4 },
    ]);
    bench.database.close();
  });
});

describe('decisions', () => {
  const alike = { ...patients[0]!, id: 'c1', meta: undefined };

  it('of people stand above the matcher, also when it is asked again', async () => {
    const bench = await Bench.open([alike]);
    const { main } = bench.database;
    const persons = async () =>
      (await bench.rows<{ n: number }>('select count(*) as n from identity.person'))[0]!.n;
    await matchPersons(main, defaultIdentityRule);
    await settlePersons(main);
    expect(await persons()).toBe(3);
    await bench.decide('apart', 'a1', 'c1');
    expect(await persons()).toBe(4);
    await matchPersons(main, defaultIdentityRule);
    await settlePersons(main);
    expect(await persons()).toBe(4);
    await bench.decide('nothing');
    expect(await persons()).toBe(3);
    bench.database.close();
  });

  it('about few leave the rows of other persons alone', async () => {
    const bench = await Bench.open([alike, lab('la', 'a1', 9.4)]);
    const { main } = bench.database;
    await matchPersons(main, defaultIdentityRule);
    await settlePersons(main);
    await main.run(`update fhir."Observation" set status = 'touched'`);
    await bench.decide('same', 'b1', 'other');
    expect(await bench.rows('select status from fhir."Observation"')).toEqual([{ status: 'touched' }]);
    bench.database.close();
  });
});
