import { readDemand } from '@catchment/warehouse';
import { modelDemand } from '@catchment/population';
import { loadDemand } from './load-demand';
import { WrittenMeasure } from './written-measure.fixture';

const cql = `library Notes version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
context Patient
define "Noted": exists ([Procedure] P where P.outcome is not null)`;

/** An element that nothing else reads. */
const noted = { Procedure: { outcome: {} } };

const resources = (id: string): object[] => [
  { resourceType: 'Patient', id },
  {
    resourceType: 'Procedure',
    id: `scan-${id}`,
    status: 'completed',
    subject: { reference: `Patient/${id}` },
    outcome: { coding: [{ system: 'urn:test', code: 'good' }] },
  },
];

describe('what a load stores', () => {
  let imported: WrittenMeasure;
  let measure: WrittenMeasure;
  beforeAll(async () => {
    imported = await WrittenMeasure.import(
      { name: 'Notes', cql },
      { 'initial-population': 'Noted', denominator: 'Noted', numerator: 'Noted' },
    );
  }, 120_000);
  beforeEach(async () => void (measure = await imported.copy()));
  afterEach(() => measure.close());
  afterAll(() => imported.close());

  /** The types that an evaluation has to read again. */
  async function readAgain(): Promise<string[]> {
    const said: string[] = [];
    const outcomes = await measure.evaluate({ onProgress: (_, detail) => said.push(detail) });
    expect(outcomes).toMatchObject([{ state: 'evaluated', groups: [{ populations: { numerator: 1 } }] }]);
    return said.flatMap((detail) => /^reading (\w+)/.exec(detail)?.[1] ?? []);
  }

  it('is what the imported measures read, the first time', async () => {
    await measure.load('first.ndjson', resources('p1'), { demand: loadDemand(measure.folder) });
    expect(await readDemand(measure.connection)).toMatchObject(noted);
    expect(await readAgain()).toEqual([]);
  });

  it('is what the tables hold, later: a measure that asks for more has types read again', async () => {
    expect(modelDemand.Procedure).not.toHaveProperty('outcome');
    await measure.load('first.ndjson', resources('p1'), { demand: modelDemand });
    await measure.load('again.ndjson', resources('p1'), { demand: loadDemand(measure.folder) });
    expect(await readDemand(measure.connection)).not.toMatchObject(noted);
    expect(await readAgain()).toEqual(['Procedure']);
  });

  it('is what the models read where no measure is imported', async () => {
    const demand = await loadDemand('/nowhere')(measure.connection);
    expect(demand).toBe(modelDemand);
  });
});
