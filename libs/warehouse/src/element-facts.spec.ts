import type { Demand } from '@catchment/fhir';
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
});
