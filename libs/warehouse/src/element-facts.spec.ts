import type { Demand, ElementFact } from '@catchment/fhir';
import { Database } from './database';
import { readElementFacts } from './element-facts';
import { loadFixture } from './fixture';

const demand: Demand = {
  Patient: { birthDate: {}, deceasedDateTime: {} },
  Observation: {
    id: {},
    code: { text: {}, extension: { url: {} } },
    category: {},
    effectiveDateTime: {},
    issued: {},
    effectivePeriod: { start: {} },
    valueQuantity: { value: {}, unit: {} },
    component: {
      code: {},
      valueQuantity: { value: {} },
      valueString: {},
      referenceRange: { text: {}, age: {}, low: { value: {} } },
    },
  },
  Encounter: { status: {} },
};

const observation = (id: string, more: object): object => ({
  resourceType: 'Observation',
  id,
  subject: { reference: 'Patient/p' },
  status: 'final',
  code: { text: 'Pressure' },
  ...more,
});

describe('readElementFacts', () => {
  let database: Database;
  beforeEach(async () => {
    database = await Database.open(':memory:');
    await loadFixture(
      database.main,
      [
        { resourceType: 'Patient', id: 'p', birthDate: '1980-02-03' },
        observation('a', {
          effectiveDateTime: '2024-03-01T10:00:00-05:00',
          issued: '2024-03-01T10:00:00Z',
          valueQuantity: { value: 1 },
        }),
        observation('b', {
          effectiveDateTime: '2024',
          component: [{ code: { text: 'x' } }, { code: { text: 'y' }, referenceRange: [{ text: 'low' }] }],
        }),
      ],
      demand,
    );
  });
  afterEach(() => database.close());

  const absent = async (): Promise<string[]> =>
    [...(await readElementFacts(database.main))].filter(([, fact]) => fact.absent).map(([path]) => path);

  it('names what no resource has: types, elements, parts of structs and of list elements', async () => {
    expect((await absent()).sort()).toEqual(
      [
        'Encounter',
        'Encounter.status',
        'Observation.category',
        'Observation.code.extension',
        'Observation.component.referenceRange.low',
        'Observation.component.referenceRange.low.value',
        'Observation.component.valueQuantity',
        'Observation.component.valueQuantity.value',
        'Observation.component.valueString',
        'Observation.effectivePeriod',
        'Observation.effectivePeriod.start',
        'Observation.valueQuantity.unit',
        'Patient.deceasedDateTime',
      ].sort(),
    );
  });

  it('knows which dates are always exact and always in UTC', async () => {
    const facts = await readElementFacts(database.main);
    expect(facts.get('Observation.effectiveDateTime')).toEqual({
      absent: false,
      exact: false,
      daily: false,
      utc: false,
      uniqueId: false,
    });
    expect(facts.get('Observation.issued')).toEqual({
      absent: false,
      exact: true,
      daily: true,
      utc: true,
      uniqueId: false,
    });
    expect(facts.get('Patient.birthDate')).toMatchObject({ exact: true });
  });

  it('knows whether ids tell the resources of a patient apart', async () => {
    const unique = async (): Promise<boolean | undefined> =>
      (await readElementFacts(database.main)).get('Observation.id')?.uniqueId;
    expect(await unique()).toBe(true);
    // As a second source brings it, after its patient was found to be the same person.
    await database.main.run(`
      insert into fhir."Observation" by name
        select * replace (rid + 1000 as rid) from fhir."Observation" where id = 'b';
      delete from registry.element_state`);
    expect(await unique()).toBe(false);
  });

  it('follows a load that brings what was absent', async () => {
    expect(await absent()).toContain('Observation.valueQuantity.unit');
    await loadFixture(
      database.main,
      [observation('c', { valueQuantity: { value: 1, unit: 'mg' }, issued: '2024-03-01T10:00:00+02:00' })],
      demand,
    );
    expect(await absent()).not.toContain('Observation.valueQuantity.unit');
    expect((await readElementFacts(database.main)).get('Observation.issued')).toMatchObject({ utc: false });
  });

  describe('after a load for one of many patients', () => {
    const first = { resourceType: 'Observation', status: 'final', code: { text: 'Pressure' } };
    const of = (id: string, patient: string, more: object): object => ({
      ...first,
      id,
      subject: { reference: `Patient/${patient}` },
      issued: '2024-03-01T10:00:00Z',
      ...more,
    });
    beforeEach(async () => {
      const names = Array.from({ length: 9 }, (_, index) => `q${index}`);
      await loadFixture(
        database.main,
        names.flatMap((id) => [
          { resourceType: 'Patient', id, birthDate: '1980-02-03' },
          of(`first-${id}`, id, { effectiveDateTime: '2024-03-01T10:00:00Z' }),
        ]),
        demand,
      );
      await readElementFacts(database.main);
    });
    const fact = async (path: string): Promise<ElementFact | undefined> =>
      (await readElementFacts(database.main)).get(path);

    it('knows what the load brought', async () => {
      await loadFixture(
        database.main,
        [of('new', 'q1', { issued: '2024-03-01T10:00:00+02:00', valueQuantity: { value: 1, unit: 'mg' } })],
        demand,
      );
      expect(await fact('Observation.issued')).toMatchObject({ utc: false, exact: true });
      expect(await fact('Observation.valueQuantity.unit')).toMatchObject({ absent: false });
      expect(await fact('Observation.id')).toMatchObject({ uniqueId: true });
      expect(await fact('Encounter.status')).toMatchObject({ absent: true });
    });

    it('does not look at the others', async () => {
      await database.main.run(`update fhir."Observation"
        set issued = {lo: issued.lo, hi: issued.hi, zone: 120::smallint} where id = 'first-q2'`);
      await loadFixture(database.main, [of('new', 'q1', {})], demand);
      expect(await fact('Observation.issued')).toMatchObject({ utc: true });
      await loadFixture(database.main, [of('newer', 'q2', {})], demand);
      expect(await fact('Observation.issued')).toMatchObject({ utc: false });
    });
  });
});
