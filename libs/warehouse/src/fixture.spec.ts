import { Database } from './database';
import { loadFixture } from './fixture';

describe('loadFixture', () => {
  let database: Database;
  beforeEach(async () => {
    database = await Database.open(':memory:');
  });
  afterEach(() => database.close());

  const coding = (code: string, display?: string) => ({ system: 'http://loinc.org', code, display });

  it('stores every normal form of every depth', async () => {
    await loadFixture(
      database.main,
      [
        { resourceType: 'Patient', id: 'p', birthDate: '1980-02', deceasedBoolean: false },
        {
          resourceType: 'Observation',
          id: 'o',
          status: 'final',
          code: { coding: [coding('b'), coding('a', 'A'), coding('b')], text: 'Pressure' },
          category: [{ coding: [coding('vital')] }, { text: 'other' }],
          subject: { reference: 'Patient/p' },
          effectiveDateTime: '2024-03-01T10:00:00-05:00',
          valueQuantity: { value: 1.5, unit: 'mg', code: 'mg' },
          component: [
            { code: { coding: [coding('sys')] }, valueQuantity: { value: 120 } },
            { code: { coding: [coding('dia')] }, valueDateTime: '2024' },
          ],
          extension: [
            {
              url: 'outer',
              extension: [{ url: 'inner', valueCoding: coding('x') }],
            },
          ],
        },
      ],
      {
        Patient: { birthDate: {}, deceasedBoolean: {}, deceasedDateTime: {}, name: { family: {} } },
        Observation: {
          status: {},
          code: { text: {}, coding: { display: {} } },
          category: { text: {} },
          effectiveDateTime: {},
          effectivePeriod: { start: {} },
          valueQuantity: { value: {}, unit: {} },
          component: { code: {}, valueQuantity: { value: {} }, valueDateTime: {} },
          extension: { url: {}, extension: { url: {}, valueCoding: {} } },
        },
        Encounter: { period: { start: {} } },
      },
    );
    expect(await database.main.rows('select * from fhir."Patient"')).toEqual([
      {
        pid: 1,
        rid: 1,
        id: 'p',
        birthDate: { lo: '1980-02-01 00:00:00', hi: '1980-02-29 00:00:00' },
        deceasedBoolean: false,
        deceasedDateTime: null,
        name: null,
      },
    ]);
    const [row] = await database.main.rows(`
      select o.* exclude (code, category, component, extension, "code.coding"),
        (select codings from dictionary.concept where key = o.code) as code,
        (select list_transform(concepts, lambda k: k = fhir_concept_key(null::struct(system varchar, code varchar)[]))
           from dictionary.concept_list where key = o.category) as text_only,
        (select concepts[1] = o."code.coding" or len(concepts) = 3 from dictionary.concept_list where key = o."code.coding") as codings_known,
        list_transform(component, lambda c: c."valueQuantity".value::double) as values,
        component[2]."valueDateTime" as year,
        (select list(codings[1].code order by codings[1].code) from dictionary.concept
          where key in (component[1].code, component[2].code)) as component_codes,
        (select codings from dictionary.concept where key = extension[1].extension[1]."valueCoding") as inner_code
      from fhir."Observation" as o`);
    expect(row).toEqual({
      pid: 1,
      rid: 2,
      id: 'o',
      status: 'final',
      'code.text': 'Pressure',
      'code.coding.display': [null, 'A', null],
      'category.text': [null, 'other'],
      effectiveDateTime: { lo: '2024-03-01 15:00:00', hi: '2024-03-01 15:00:00', zone: -300 },
      effectivePeriod: null,
      valueQuantity: { unit: 'mg', value: '1.50000000' },
      code: [
        { system: 'http://loinc.org', code: 'a' },
        { system: 'http://loinc.org', code: 'b' },
      ],
      text_only: [false, true],
      codings_known: true,
      values: [120, null],
      year: { lo: '2024-01-01 00:00:00', hi: '2024-12-31 23:59:59.999', zone: 0 },
      component_codes: ['dia', 'sys'],
      inner_code: [{ system: 'http://loinc.org', code: 'x' }],
    });
    expect(await database.main.rows('select * from fhir."Encounter"')).toEqual([]);
    expect(await database.main.rows(`select display from dictionary.display where code = 'a'`)).toEqual([
      { display: 'A' },
    ]);
  });

  it('assigns patients by _subject, the same ids under several keys', async () => {
    const condition = { resourceType: 'Condition', id: 'c', subject: { reference: 'Patient/elsewhere' } };
    await loadFixture(
      database.main,
      [
        { resourceType: 'Patient', id: 'p', _subject: 'case-1' },
        { resourceType: 'Patient', id: 'p', _subject: 'case-2' },
        { ...condition, _subject: 'case-2' },
        { ...condition, _subject: 'case-1' },
        { resourceType: 'Medication', id: 'm', _subject: 'case-1' },
      ],
      { Condition: { code: {} } },
    );
    const assigned = (type: string) =>
      database.main.rows(
        `select s.id as subject, t.id from fhir."${type}" t left join registry.subject s using (pid) order by 1`,
      );
    expect(await assigned('Patient')).toEqual([
      { subject: 'case-1', id: 'p' },
      { subject: 'case-2', id: 'p' },
    ]);
    expect(await assigned('Condition')).toEqual([
      { subject: 'case-1', id: 'c' },
      { subject: 'case-2', id: 'c' },
    ]);
    expect(await assigned('Medication')).toEqual([{ subject: null, id: 'm' }]);
  });

  it.each([
    [
      'an unknown patient',
      { resourceType: 'Condition', id: 'c', subject: { reference: 'Patient/nobody' } },
      'unknown-patient',
    ],
    [
      'an invalid date',
      { resourceType: 'Condition', id: 'c', recordedDate: '2023-02-30' },
      'c: invalid-value recordedDate',
    ],
    ['a value of another shape', { resourceType: 'Condition', id: 'c', code: ['x'] }, 'c: wrong-shape'],
    ['an unknown type', { resourceType: 'Disease', id: 'c' }, 'unknown type "Disease"'],
  ])('names what is wrong: %s', async (_, resource, message) => {
    const demand = { Condition: { code: {}, recordedDate: {} } };
    await expect(loadFixture(database.main, [resource], demand)).rejects.toThrow(message);
  });

  it('refuses a demand on what R4 does not have', async () => {
    await expect(loadFixture(database.main, [], { Condition: { colour: {} } })).rejects.toThrow(
      'FHIR R4 has no property "colour" on Condition',
    );
  });
});
