import { modelDemand } from '@catchment/population';
import {
  createResultTables,
  loadFixture,
  recordMeasure,
  recordRun,
  type Connection,
  type MeasureRecord,
} from '@catchment/warehouse';

/**
 * Five people around two measures, one per improvement notation, each a borderline case:
 * Ada screened in the period, HbA1c 9.4 %; Ben screened long ago, HbA1c 7.1 %; Cleo has nothing on record;
 * Dora is excluded from screening and has no diabetes; Emil is in no initial population.
 */
export const screening = 'breast-screening';
export const glycemic = 'glycemic-status';

const LOINC = 'http://loinc.org';
const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

const names = ['ada', 'ben', 'cleo', 'dora', 'emil'] as const;
type Name = (typeof names)[number];
const birthYears: Record<Name, number> = { ada: 1960, ben: 1955, cleo: 1970, dora: 1965, emil: 2015 };

/** FHIR resources of the five. */
export function clinicalResources(): object[] {
  return [
    { resourceType: 'Organization', id: 'north', name: 'North Clinic' },
    { resourceType: 'Organization', id: 'south', name: 'South Clinic' },
    { resourceType: 'Practitioner', id: 'ito', name: [{ family: 'Ito', given: ['Kei'] }] },
    { resourceType: 'Practitioner', id: 'roy', name: [{ family: 'Roy', given: ['Ana'] }] },
    ...names.map((name) => patient(name)),
    ...names.map((name) => ({
      resourceType: 'Coverage',
      id: `coverage-${name}`,
      status: 'active',
      beneficiary: { reference: `Patient/${name}` },
      payor: [{ display: name === 'ada' ? 'Medicare' : 'Acme Health' }],
      period: { start: '2020-01-01' },
    })),
    ...names.map((name) => encounter(`visit-${name}`, name, 'AMB', '2026-01-15T10:00:00Z')),
    encounter('stay-ben', 'ben', 'IMP', '2026-05-02T10:00:00Z'),
    observation('mammogram-ada', 'ada', '24606-6', 'Mammogram', '2026-03-01'),
    observation('mammogram-ben', 'ben', '24606-6', 'Mammogram', '2023-10-01'),
    {
      ...observation('a1c-ada', 'ada', '4548-4', 'Hemoglobin A1c', '2026-02-11'),
      valueQuantity: percent(9.4),
    },
    {
      ...observation('a1c-ada-old', 'ada', '4548-4', 'Hemoglobin A1c', '2025-02-11'),
      valueQuantity: percent(6.8),
    },
    {
      ...observation('a1c-ben', 'ben', '4548-4', 'Hemoglobin A1c', '2026-04-20'),
      valueQuantity: percent(7.1),
    },
  ];
}

/** Loads the five and what an evaluation run would have written about them. */
export async function loadClinicalFixture(connection: Connection): Promise<void> {
  await loadFixture(connection, clinicalResources(), modelDemand);
  await bindValueSet(connection, 1, 'urn:fixture:mammography', '24606-6');
  await bindValueSet(connection, 2, 'urn:fixture:hba1c', '4548-4');
  await recordClinicalResults(connection);
}

/** Writes the results of a run under this id: what it counts does not depend on the id. */
export async function recordClinicalResults(
  connection: Connection,
  runId = '20261124T000000Z-fixture',
): Promise<void> {
  await createResultTables(connection);
  await recordRun(connection, {
    runId,
    periodStart: '2026-01-01',
    periodEnd: '2026-12-31',
    dataAsOf: '2026-11-24T00:00:00Z',
    engineVersion: 'fixture',
  });
  await recordMeasure(
    connection,
    measure(screening, 'Breast cancer screening', 'increase', 'Mammography', 'mammography'),
  );
  await recordMeasure(connection, measure(glycemic, 'Glycemic status > 9 %', 'decrease', 'HbA1c', 'hba1c'));
  await connection.run('delete from results.population_result');
  await connection.run('delete from results.define');
  await connection.run('delete from results.evidence');
  const rows: [string, Name, boolean, boolean][] = [
    [screening, 'ada', false, true],
    [screening, 'ben', false, false],
    [screening, 'cleo', false, false],
    [screening, 'dora', true, false],
    [glycemic, 'ada', false, true],
    [glycemic, 'ben', false, false],
    [glycemic, 'cleo', false, true],
  ];
  for (const [measureId, name, excluded, numerator] of rows) {
    await connection.run(
      `insert into results.population_result by name
       select $1 as measure_id, 'main' as group_id, pid, true as initial_population, true as denominator,
         $3::boolean as denominator_exclusion, $4::boolean as numerator
       from registry.subject where id = $2`,
      [measureId, name, excluded, numerator],
    );
  }
  for (const [measureId, action, ids] of [
    [screening, 'Mammography', ['mammogram-ada']],
    [glycemic, 'HbA1c', ['a1c-ada', 'a1c-ben']],
  ] as const) {
    await recordDefines(connection, measureId, action);
    for (const id of ids) await recordEvidence(connection, measureId, 2, id);
    for (const name of names.slice(0, 4)) await recordEvidence(connection, measureId, 0, `visit-${name}`);
  }
}

async function recordDefines(connection: Connection, measureId: string, action: string): Promise<void> {
  const defines: [string, string, string][] = [
    ['Qualifying Encounters', 'list', '[Encounter] E where E.period during "Measurement Period"'],
    ['Initial Population', 'boolean', 'exists "Qualifying Encounters"'],
    [
      `${action} In Period`,
      'list',
      `[Observation: "${action}"] O where O.effective during "Measurement Period"`,
    ],
    ['Numerator', 'boolean', `exists "${action} In Period" and exists "Qualifying Encounters"`],
  ];
  for (const [seq, [define, kind, cql]] of defines.entries()) {
    await connection.run('insert into results.define values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      measureId,
      seq,
      'FixtureLibrary',
      define,
      kind,
      `d${seq}`,
      cql,
      `${seq + 10}:1-${seq + 10}:40`,
    ]);
  }
  await connection.run(
    `create or replace table results."define_result_${measureId}" as
     select subject.pid as pid, result.pid is not null as d0, result.pid is not null as d1,
       evidence.pid is not null as d2, result.numerator as d3
     from registry.subject as subject
     left join (select * from results.population_result where measure_id = '${measureId}') as result using (pid)
     left join (select distinct pid from results.evidence where measure_id = '${measureId}' and seq = 2) as evidence using (pid)
     where subject.id <> 'emil'`,
  );
}

async function recordEvidence(
  connection: Connection,
  measureId: string,
  seq: number,
  id: string,
): Promise<void> {
  await connection.run(
    `insert into results.evidence select $1, $2::integer, pid, rid from registry.resource where id = $3`,
    [measureId, seq, id],
  );
}

async function bindValueSet(
  connection: Connection,
  vsId: number,
  canonical: string,
  code: string,
): Promise<void> {
  await connection.run(`insert into terminology.value_set values ($1, $2, '1', 'fixture', 'starter')`, [
    vsId,
    canonical,
  ]);
  await connection.run(
    `insert into terminology.member
     select $1::integer, key from dictionary.concept where list_contains(list_transform(codings, lambda c: c.code), $2)`,
    [vsId, code],
  );
}

function measure(
  measureId: string,
  title: string,
  improvementNotation: 'increase' | 'decrease',
  action: string,
  valueSet: string,
): MeasureRecord {
  return {
    measureId,
    canonical: `urn:fixture:Measure/${measureId}`,
    version: '0.1.0',
    name: measureId,
    title,
    scoring: 'proportion',
    populationBasis: 'boolean',
    improvementNotation,
    origin: 'starter',
    library: 'FixtureLibrary',
    groups: [
      {
        groupId: 'main',
        scoring: 'proportion',
        populationBasis: 'boolean',
        improvementNotation,
        populations: [
          { code: 'initial-population', define: 'Initial Population' },
          { code: 'denominator', define: 'Initial Population' },
          { code: 'denominator-exclusion', define: 'Initial Population' },
          { code: 'numerator', define: 'Numerator' },
        ],
      },
    ],
    valueSets: [
      { canonical: `urn:fixture:${valueSet}`, version: '1', title: action, origin: 'starter', codes: 1 },
    ],
    retrieves: [
      {
        library: 'FixtureLibrary',
        define: `${action} In Period`,
        type: 'Observation',
        name: action,
        canonical: `urn:fixture:${valueSet}`,
      },
      { library: 'FixtureLibrary', define: 'Qualifying Encounters', type: 'Encounter', name: 'Office visit' },
    ],
  };
}

function patient(name: Name): object {
  const north = name === 'ada' || name === 'ben';
  return {
    resourceType: 'Patient',
    id: name,
    identifier: [{ value: `MRN-${name}` }],
    name: [{ family: name[0]!.toUpperCase() + name.slice(1), given: ['Test'] }],
    gender: 'female',
    birthDate: `${birthYears[name]}-06-01`,
    managingOrganization: { reference: north ? 'Organization/north' : 'Organization/south' },
    generalPractitioner: [{ reference: north ? 'Practitioner/ito' : 'Practitioner/roy' }],
  };
}

function encounter(id: string, name: Name, code: string, start: string): object {
  return {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { system: ACT, code },
    subject: { reference: `Patient/${name}` },
    period: { start, end: start },
  };
}

function observation(id: string, name: Name, code: string, display: string, date: string): object {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: LOINC, code, display }] },
    subject: { reference: `Patient/${name}` },
    effectiveDateTime: date,
  };
}

function percent(value: number): object {
  return { value, unit: '%', code: '%' };
}
