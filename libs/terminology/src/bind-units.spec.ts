import type { Demand } from '@catchment/fhir';
import {
  Database,
  installFunctions,
  loadFixture,
  prepareWarehouse,
  type FixtureResource,
} from '@catchment/warehouse';
import { bindUnits } from './bind-units';

let database: Database;

beforeEach(async () => {
  database = await Database.open(':memory:');
  await prepareWarehouse(database.main);
  await installFunctions(database.main, 'cql-');
});

afterEach(() => database.close());

const unit = { value: {}, unit: {}, code: {} };
const demand: Demand = {
  Patient: {},
  Observation: { valueQuantity: unit, component: { valueQuantity: unit } },
  MedicationRequest: { dosageInstruction: { doseAndRate: { doseQuantity: unit } } },
};

const observation = (id: string, content: object): FixtureResource => ({
  resourceType: 'Observation',
  id,
  subject: { reference: 'Patient/p' },
  ...content,
});

const quantity = (text: string, code?: string): object => ({ value: 1, unit: text, ...(code && { code }) });

async function load(...resources: FixtureResource[]): Promise<void> {
  await loadFixture(database.main, resources, demand);
}

async function boundUnits(): Promise<string[]> {
  const bound = await database.main.rows<{ unit: string }>(
    `select unnest(map_keys(getvariable('cql_units'))) as unit`,
  );
  return bound.map((row) => row.unit).sort();
}

it('binds the units of single quantities, of quantities in lists, and in lists of lists', async () => {
  await load(
    { resourceType: 'Patient', id: 'p' },
    observation('plain', { valueQuantity: quantity('percent', '%') }),
    observation('parts', { component: [{ valueQuantity: quantity('mmHg', 'mm[Hg]') }, {}] }),
    observation('nothing', {}),
    {
      resourceType: 'MedicationRequest',
      id: 'drug',
      subject: { reference: 'Patient/p' },
      dosageInstruction: [{ doseAndRate: [{ doseQuantity: quantity('puff') }, {}] }, {}],
    },
  );
  await bindUnits(database.main, ['kg'], demand);
  const calendar = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'];
  const found = ['percent', '%', 'mmHg', 'mm[Hg]', 'puff'];
  expect(await boundUnits()).toEqual(['1', 'kg', ...calendar, ...found].sort());
});

it('finds the units that a later load brings', async () => {
  await load({ resourceType: 'Patient', id: 'p' }, observation('a', { valueQuantity: quantity('g') }));
  await bindUnits(database.main, [], demand);
  expect(await boundUnits()).not.toContain('mg');
  await load(observation('b', { valueQuantity: quantity('mg') }));
  await bindUnits(database.main, [], demand);
  expect(await boundUnits()).toEqual(expect.arrayContaining(['g', 'mg']));
});

it('reads the data once between loads', async () => {
  await load({ resourceType: 'Patient', id: 'p' }, observation('a', { valueQuantity: quantity('g') }));
  await bindUnits(database.main, [], demand);
  await database.main.run('drop table fhir."Observation"');
  await bindUnits(database.main, [], demand);
  expect(await boundUnits()).toContain('g');
});

it('binds nothing of the data for a demand without quantities', async () => {
  await load({ resourceType: 'Patient', id: 'p' }, observation('a', { valueQuantity: quantity('g') }));
  await bindUnits(database.main, [], { Observation: { status: {} } });
  expect(await boundUnits()).not.toContain('g');
});
