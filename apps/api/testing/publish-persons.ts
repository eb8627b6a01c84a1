import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPaths } from '@catchment/ingest';
import { modelDemand, preparePopulation } from '@catchment/population';
import type { Store } from '@catchment/store';
import { createResultTables, openWarehouse, publish, recordRun } from '@catchment/warehouse';

const organization = (id: string) => ({ resourceType: 'Organization', id, name: `${id} clinic` });
const practitioner = (id: string) => ({
  resourceType: 'Practitioner',
  id,
  name: [{ family: id, given: ['Dr'] }],
});

function patient(id: string, site: string, more: object): object {
  return {
    resourceType: 'Patient',
    id,
    gender: 'female',
    managingOrganization: { reference: `Organization/${site}` },
    generalPractitioner: [{ reference: `Practitioner/${site === 'north' ? 'ito' : 'roy'}` }],
    ...more,
  };
}

const okafor = {
  name: [{ use: 'official', family: 'Okafor', given: ['Anneliese'] }],
  birthDate: '1961-04-17',
};
const phone = { telecom: [{ system: 'phone', value: '617-555-8234' }] };
const silva = { name: [{ use: 'official', family: 'Silva', given: ['Marina'] }], birthDate: '1975-08-02' };

/**
 * Clinic and hospital. Okafor is one person in both (name, birth date, sex and telephone). Of Silva they state the
 * same name, birth date and sex, at two sites, with two telephone numbers; Berg of the clinic alone goes to south.
 */
const sources: Record<string, object[]> = {
  clinic: [
    ...['north', 'south'].map(organization),
    ...['ito', 'roy'].map(practitioner),
    patient('c1', 'north', { ...okafor, ...phone }),
    patient('c2', 'north', { ...silva, telecom: [{ system: 'phone', value: '617-555-8235' }] }),
    patient('c3', 'north', { name: [{ family: 'Berg' }], birthDate: '1980-01-01' }),
    {
      resourceType: 'Encounter',
      id: 'v3',
      status: 'finished',
      subject: { reference: 'Patient/c3' },
      serviceProvider: { reference: 'Organization/south' },
      period: { start: '2026-03-01T09:00:00Z' },
    },
  ],
  hospital: [
    patient('h1', 'north', { ...okafor, ...phone }),
    patient('h2', 'south', { ...silva, telecom: [{ system: 'phone', value: '617-555-7744' }] }),
  ],
};

/** Loads the two sources on the first call, then publishes what decisions and rules of now make of them. */
export async function publishPersons(dataDir: string, { dataSource }: Store, runId: string): Promise<void> {
  const database = await openWarehouse(dataDir);
  try {
    for (const [source, resources] of Object.entries(sources)) {
      const folder = join(dataDir, 'feed', source);
      mkdirSync(folder, { recursive: true });
      const path = join(folder, 'all.ndjson');
      writeFileSync(path, resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
      await loadPaths({ connection: database.main, dataDir, paths: [path], source, demand: modelDemand });
    }
    await preparePopulation(database.main, dataDir, dataSource);
    await createResultTables(database.main);
    await recordRun(database.main, {
      runId,
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      dataAsOf: '2026-11-01T00:00:00Z',
      engineVersion: 'spec',
    });
    await publish(database.main, { dataDir, publishedAt: new Date('2026-11-01T06:00:00Z') });
  } finally {
    database.close();
  }
}
