import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPaths } from '@catchment/ingest';
import { modelDemand, preparePopulation } from '@catchment/population';
import { recordQuality, writeMappings } from '@catchment/quality';
import type { Store } from '@catchment/store';
import { bindMembers } from '@catchment/terminology';
import {
  createResultTables,
  openWarehouse,
  publish,
  recordMeasure,
  recordRun,
  type Connection,
} from '@catchment/warehouse';

const canonical = 'http://example.org/ValueSet/pressures';

const pressure = (id: string, patient: string, coding: object, more: object = {}): object => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: { reference: `Patient/${patient}` },
  code: { coding: [coding] },
  effectiveDateTime: '2026-03-01T10:00:00Z',
  valueQuantity: { value: 120, unit: 'mmHg', code: 'mm[Hg]' },
  ...more,
});

const systolic = { system: 'http://loinc.org', code: '8480-6', display: 'Systolic blood pressure' };
const local = { system: 'urn:clinic', code: 'SYS', display: 'Systolic blood pressure' };

/** p1 has a pressure in LOINC, one without a date and one with the clinic's own code; p2 only the latter. */
const resources = [
  ...['p1', 'p2'].map((id) => ({ resourceType: 'Patient', id, gender: 'female', birthDate: '1960-01-01' })),
  pressure('o1', 'p1', systolic),
  pressure('o2', 'p1', systolic, { effectiveDateTime: undefined }),
  pressure('o3', 'p1', local, { effectiveDateTime: '2026-04-01' }),
  pressure('o4', 'p2', local, { effectiveDateTime: '2026-04-02' }),
];

/** Publishes a measure that looks for systolic pressures, over the mappings of now. */
export async function publishQuality(dataDir: string, { dataSource }: Store, runId: string): Promise<void> {
  const database = await openWarehouse(dataDir);
  const connection = database.main;
  try {
    const folder = join(dataDir, 'feed');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'all.ndjson');
    writeFileSync(path, resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
    await loadPaths({ connection, dataDir, paths: [path], source: 'clinic', demand: modelDemand });
    await preparePopulation(connection, dataDir, dataSource);
    await writeMappings(connection, dataSource);
    await createResultTables(connection);
    await connection.run(`delete from terminology.value_set; delete from terminology.value_set_code;
      insert into terminology.value_set values (1, '${canonical}', '1', 'Systolic pressures', 'imported');
      insert into terminology.value_set_code values (1, 'http://loinc.org', '8480-6');
      delete from results.define; delete from results.define_population;
      insert into results.define (measure_id, seq, library, define, kind, column_name)
        values ('BP', 0, 'L', 'Pressures', 'list', 'd0');
      insert into results.define_population values ('BP', 0, 'G', 'numerator', true)`);
    const dataAsOf = '2026-11-01T00:00:00Z';
    await recordRun(connection, {
      runId,
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      dataAsOf,
      engineVersion: 'spec',
    });
    await recordMeasure(connection, {
      measureId: 'BP',
      canonical: 'http://example.org/Measure/BP',
      version: '1',
      name: 'BP',
      title: 'Pressure',
      scoring: 'proportion',
      populationBasis: 'boolean',
      improvementNotation: 'increase',
      origin: 'imported',
      library: 'L',
      groups: [
        {
          groupId: 'G',
          scoring: 'proportion',
          populationBasis: 'boolean',
          improvementNotation: 'increase',
          populations: ['initial-population', 'denominator', 'numerator'].map((code) => ({
            code,
            define: 'Pressures',
          })),
        },
      ],
      valueSets: [],
      retrieves: [{ library: 'L', define: 'Pressures', type: 'Observation', name: 'Pressures', canonical }],
    });
    await writeResults(connection);
    const measures = [{ measureId: 'BP', demand: modelDemand }];
    await recordQuality({ connection, dataAsOf, runId, measures });
    await publish(connection, { dataDir, publishedAt: new Date('2026-11-01T06:00:00Z') });
  } finally {
    database.close();
  }
}

/** Whoever has a pressure that counts is in the numerator. */
async function writeResults(connection: Connection): Promise<void> {
  await bindMembers(connection);
  await connection.run(`delete from results.evidence; delete from results.population_result;
    insert into results.evidence
    select 'BP', 0, pid, rid from fhir."Observation" where code in (select key from terminology.member);
    insert into results.population_result by name
    select 'BP' as measure_id, 'G' as group_id, pid, true as initial_population, true as denominator,
      pid in (select pid from results.evidence) as numerator
    from registry.population;
    create or replace table results."define_result_BP" as
    select pid, numerator as d0 from results.population_result`);
}
