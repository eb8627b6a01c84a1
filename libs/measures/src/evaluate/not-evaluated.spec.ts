import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPaths } from '@catchment/ingest';
import { openWarehouse, type Database } from '@catchment/warehouse';
import { explainPatient } from '../explain';
import { importPackages } from '../packages';
import { evaluateRun } from './evaluate-run';
import type { EvaluatedMeasure } from './run-outcome';

const library = `library Fragile version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Stays": [Encounter]
define "Doses": [Observation] Dose return Dose.value as FHIR.Quantity
define "Seen": exists "Stays"
define "Only Stay": (singleton from "Stays").id is not null
define "Stay If Only One":
  if Count("Stays") = 1 then (singleton from "Stays").id is not null else true
define "Much": Sum("Doses" Dose return FHIRHelpers.ToQuantity(Dose)) > 5 'mg'
define "One Telecom": (singleton from Patient.telecom).value is not null
define "Day After Birth": successor of FHIRHelpers.ToDate(Patient.birthDate) is not null
define "No Men": Message(true, Patient.gender = 'male', 'M1', 'Error', 'not for men')
define "Numerator": "Much" or "One Telecom" or "Day After Birth" or "No Men"
define "Finished Stays": "Stays" Stay where Stay.status = 'finished'
define function "Type Count"(stay Encounter): if (singleton from stay.type) is null then 0 else 1`;

const population = (code: string, expression: string, extension?: object[]) => ({
  id: code,
  code: { coding: [{ code }] },
  criteria: { language: 'text/cql-identifier', expression },
  extension,
});

function measure(id: string, scoring: string, group: object, supplemental: string[] = []): object {
  return {
    resourceType: 'Measure',
    id,
    url: `http://example.org/Measure/${id}`,
    version: '1.0.0',
    title: id,
    status: 'draft',
    library: ['http://example.org/Library/Fragile'],
    scoring: { coding: [{ code: scoring }] },
    group: [{ id: 'G', ...group }],
    supplementalData: supplemental.map((expression) => ({
      id: expression,
      criteria: { language: 'text/cql-identifier', expression },
    })),
  };
}

const cqfm = 'http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-';
const proportion = (numerator: string) => ({
  population: [
    population('initial-population', 'Seen'),
    population('denominator', 'Seen'),
    population('numerator', numerator),
  ],
});
const measures = [
  measure('FRAGILE', 'proportion', proportion('Numerator')),
  measure('LAZY', 'proportion', proportion('Stay If Only One')),
  measure('BESIDE', 'proportion', proportion('Seen'), ['Only Stay']),
  measure('EPISODES', 'continuous-variable', {
    extension: [{ url: `${cqfm}populationBasis`, valueCode: 'Encounter' }],
    population: [
      population('initial-population', 'Stays'),
      population('measure-population', 'Finished Stays'),
      population('measure-observation', 'Type Count', [
        { url: `${cqfm}aggregateMethod`, valueString: 'Sum' },
        { url: `${cqfm}criteriaReference`, valueString: 'measure-population' },
      ]),
    ],
  }),
];

const stay = (patient: string, number: number, types = 1) => ({
  resourceType: 'Encounter',
  id: `${patient}-${number}`,
  status: 'finished',
  class: { code: 'IMP' },
  type: Array.from({ length: types }, (_, index) => ({ coding: [{ system: 'urn:t', code: `t${index}` }] })),
  subject: { reference: `Patient/${patient}` },
});
const dose = (patient: string, value: number, unit: string) => ({
  resourceType: 'Observation',
  id: `${patient}-${value}`,
  status: 'final',
  code: { text: 'dose' },
  subject: { reference: `Patient/${patient}` },
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
});
const patient = (id: string, more: object = {}) => ({
  resourceType: 'Patient',
  id,
  birthDate: '1980-05-05',
  ...more,
});

const resources = [
  patient('plain', { telecom: [{ value: '1' }] }),
  patient('low', { birthDate: undefined }),
  patient('units'),
  patient('phones', { telecom: [{ value: '1' }, { value: '2' }] }),
  patient('last-day', { birthDate: '9999-12-31' }),
  patient('man', { gender: 'male' }),
  ...['plain', 'low', 'units', 'phones', 'last-day', 'man'].map((id) => stay(id, 1)),
  stay('plain', 2),
  stay('man', 2, 2),
  dose('plain', 7, 'mg'),
  dose('low', 2, 'mg'),
  dose('units', 2, 'mg'),
  dose('units', 3, 'g'),
];

describe('patients whose data make a define fail', () => {
  let folder: string;
  let database: Database;
  let by: Map<string, EvaluatedMeasure>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-not-evaluated-'));
    const content = mkdtempSync(join(folder, 'content-'));
    writeFileSync(join(content, 'Fragile.cql'), library);
    measures.forEach((each, index) => writeFileSync(join(content, `${index}.json`), JSON.stringify(each)));
    const data = join(folder, 'data.ndjson');
    writeFileSync(data, resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
    database = await openWarehouse(folder);
    const connection = database.main;
    await loadPaths({ connection, dataDir: folder, paths: [data] });
    const report = await importPackages({
      dataDir: folder,
      paths: [content],
      connect: async () => connection,
    });
    expect(report.failed).toEqual([]);
    const outcome = await evaluateRun({
      connection,
      dataDir: folder,
      measureIds: 'all',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      runId: 'run-1',
      dataAsOf: '2026-11-01T00:00:00.000Z',
    });
    expect(outcome.measures.filter(({ state }) => state === 'failed')).toEqual([]);
    by = new Map(outcome.measures.map((each) => [each.measureId, each as EvaluatedMeasure]));
  }, 120_000);
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  const members = (measureId: string) =>
    database.main.rows<{ id: string; numerator: boolean }>(
      `select subject.id, numerator from results.population_result join registry.subject using (pid)
       where measure_id = '${measureId}' order by subject.id`,
    );

  it('count nowhere; everybody else counts as without them', async () => {
    expect(by.get('FRAGILE')).toMatchObject({
      notEvaluated: 4,
      groups: [{ populations: { 'initial-population': 2, denominator: 2, numerator: 2 } }],
    });
    expect(await members('FRAGILE')).toEqual([
      { id: 'low', numerator: true },
      { id: 'plain', numerator: true },
    ]);
  });

  it('are named with the reason, its define, library and place, once each', async () => {
    const rows = await database.main.rows<{ id: string; reason: string }>(
      `select subject.id, reason from results.not_evaluated join registry.subject using (pid)
       where measure_id = 'FRAGILE' order by subject.id`,
    );
    const reasons = Object.fromEntries(rows.map(({ id, reason }) => [id, reason]));
    const at = (define: string) =>
      new RegExp(`\\(define "${define}" of library Fragile, \\d+:\\d+-\\d+:\\d+\\)$`);
    expect(Object.keys(reasons)).toEqual(['last-day', 'man', 'phones', 'units']);
    expect(reasons['last-day']).toMatch(/^there is no Successor of the limit of Date/);
    expect(reasons['last-day']).toMatch(at('Day After Birth'));
    expect(reasons.man).toMatch(/^M1: not for men/);
    expect(reasons.man).toMatch(at('No Men'));
    expect(reasons.phones).toMatch(/^singleton from more than one element/);
    expect(reasons.phones).toMatch(at('One Telecom'));
    expect(reasons.units).toMatch(/^quantities of different units/);
    expect(reasons.units).toMatch(at('Much'));
    expect(by.get('FRAGILE')!.limitations).toContain(`1 patient is not evaluated: ${reasons.units}`);
  });

  it('have no explanation but the reason', async () => {
    const explanation = await explainPatient(database.main, { measureId: 'FRAGILE', patientId: 'units' });
    expect(explanation.notEvaluated).toMatch(/^quantities of different units/);
    expect(explanation.groups).toEqual([{ groupId: 'G', members: [] }]);
    expect(explanation.defines.flatMap(({ value, evidence }) => [value, ...evidence])).toEqual(
      explanation.defines.map(() => null),
    );
    const plain = await explainPatient(database.main, { measureId: 'FRAGILE', patientId: 'plain' });
    expect(plain.notEvaluated).toBeUndefined();
  });

  it('do not fail where a condition keeps the failing expression from being asked', async () => {
    expect(by.get('LAZY')).toMatchObject({ notEvaluated: 0, groups: [{ populations: { numerator: 6 } }] });
  });

  it('keep their result when only supplemental data fail', async () => {
    expect(by.get('BESIDE')).toMatchObject({ notEvaluated: 0, groups: [{ populations: { numerator: 6 } }] });
    expect(by.get('BESIDE')!.limitations).toEqual([
      expect.stringMatching(/^2 patients are evaluated without all supplemental data: singleton from/),
    ]);
  });

  it('lose all their episodes when one of them fails', () => {
    expect(by.get('EPISODES')).toMatchObject({
      notEvaluated: 1,
      groups: [{ populations: { 'initial-population': 6, 'measure-population': 6 }, score: 6 }],
    });
    expect(by.get('EPISODES')!.limitations).toEqual([
      expect.stringMatching(/^1 patient is not evaluated: singleton from more than one element/),
    ]);
  });
});
