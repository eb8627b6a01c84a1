import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTemporaryStore, type TemporaryStore } from '../../../store/testing/temporary-store';
import { Database, createResultTables, loadFixture, recordRun, runModels } from '@catchment/warehouse';
import { modelDemand } from '../demand';
import { setRule } from '../rule-versions';
import { checkAttributionRule, defaultAttributionRule, type AttributionRule } from './attribution-rule';
import { importRoster } from './import-roster';
import { previewAttribution } from './preview-attribution';
import { writeAttribution } from './write-attribution';

/**
 * The main house has the north and the south clinic. Dr. Ito moved from south to north in July 2026, Dr. Roy is at
 * south, Dr. Old left in 2020. Ada is assigned to Ito at south; Ben goes to Roy, and went to Old before; Cleo has been
 * twice with each, last with Roy; Dora is known to the roster only; Emil to nobody.
 */
const resources = [
  { resourceType: 'Organization', id: 'house', name: 'Main House' },
  ...['north', 'south'].map((id) => ({
    resourceType: 'Organization',
    id,
    name: `${id} clinic`,
    partOf: { reference: 'Organization/house' },
  })),
  ...['ito', 'roy', 'old'].map((id) => ({ resourceType: 'Practitioner', id, name: [{ family: id }] })),
  {
    resourceType: 'Location',
    id: 'desk',
    name: 'Desk',
    managingOrganization: { reference: 'Organization/south' },
  },
  role('r1', 'ito', {
    organization: { reference: 'Organization/south' },
    period: { start: '2015-01-01', end: '2026-06-30' },
  }),
  role('r2', 'ito', { organization: { reference: 'Organization/north' }, period: { start: '2026-07-01' } }),
  role('r3', 'roy', { location: [{ reference: 'Location/desk' }] }),
  role('r4', 'old', { organization: { reference: 'Organization/north' }, period: { end: '2020-12-31' } }),
  {
    ...patient('ada'),
    generalPractitioner: [{ reference: 'Practitioner/ito' }],
    managingOrganization: { reference: 'Organization/south' },
  },
  ...['ben', 'cleo', 'dora', 'emil'].map(patient),
  visit('ada', 'roy', 'south', '2026-02-01'),
  visit('ben', 'roy', 'south', '2026-02-01'),
  ...['2024-02-01', '2024-03-01'].map((day) => visit('ben', 'old', 'north', day)),
  ...['2026-01-01', '2026-01-02'].map((day) => visit('cleo', 'ito', 'north', day)),
  ...['2026-01-01', '2026-05-05'].map((day) => visit('cleo', 'roy', 'south', day)),
];

function patient(id: string): object {
  return { resourceType: 'Patient', id };
}

function role(id: string, practitioner: string, more: object): object {
  return {
    resourceType: 'PractitionerRole',
    id,
    practitioner: { reference: `Practitioner/${practitioner}` },
    ...more,
  };
}

function visit(who: string, provider: string, site: string, day: string): object {
  return {
    resourceType: 'Encounter',
    id: `${who}-${provider}-${day}`,
    status: 'finished',
    subject: { reference: `Patient/${who}` },
    serviceProvider: { reference: `Organization/${site}` },
    participant: [{ individual: { reference: `Practitioner/${provider}` } }],
    period: { start: `${day}T09:00:00Z` },
  };
}

describe('attribution', () => {
  let store: TemporaryStore;
  let database: Database;
  let folder: string;

  beforeAll(async () => {
    store = await openTemporaryStore();
    folder = mkdtempSync(join(tmpdir(), 'catchment-roster-'));
    database = await Database.open(':memory:');
    const { main } = database;
    await loadFixture(main, resources, modelDemand);
    await createResultTables(main);
    await recordRun(main, {
      runId: 'r',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      dataAsOf: '2026-12-31T00:00:00Z',
      engineVersion: 'spec',
    });
    await main.run(`attach ':memory:' as marts`);
  }, 60_000);
  afterAll(async () => {
    database.close();
    rmSync(folder, { recursive: true });
    await store.close();
  });

  const by = { by: 'manager@example.org', reason: 'spec' };

  async function attribute(): Promise<Record<string, string>> {
    const { main } = database;
    await writeAttribution(main, store.dataSource);
    await runModels(main, undefined, {
      only: ['marts.patient', 'marts.attribution_choice', 'marts.site', 'marts.provider_site'],
    });
    const rows = await main.rows<{ id: string; provider: string | null; site: string | null }>(
      'select fhir_id as id, provider_id as provider, site_id as site from marts.patient order by id',
    );
    return Object.fromEntries(
      rows.map(({ id, provider, site }) => [id, `${provider ?? '-'} ${site ?? '-'}`]),
    );
  }

  function roster(text: string | Buffer, effectiveFrom = '2026-01-01'): Promise<number> {
    const path = join(folder, 'roster.csv');
    writeFileSync(path, text);
    return importRoster({
      connection: database.main,
      dataSource: store.dataSource,
      path,
      effectiveFrom,
      by: by.by,
    });
  }

  it('without a rule is what the source states, else the most visits in 24 months, of equally many the last', async () => {
    expect(await attribute()).toEqual({
      ada: 'ito south',
      ben: 'roy south',
      cleo: 'roy south',
      dora: '- -',
      emil: '- -',
    });
  });

  it.each<[string, Partial<AttributionRule>, Record<string, string>]>([
    ['visits alone', { steps: ['visits'] }, { ada: 'roy south' }],
    [
      'visits of three years',
      { steps: ['visits'], lookBackMonths: 36 },
      { ada: 'roy south', ben: 'old north' },
    ],
    [
      'visits before what is stated',
      { steps: ['visits', 'assigned'], lookBackMonths: 12 },
      { ada: 'roy south' },
    ],
    ['the site of the provider now', { siteOf: 'provider' }, { ada: 'ito north' }],
    [
      'the site of the patient where the provider has left',
      { steps: ['visits'], lookBackMonths: 36, siteOf: 'provider' },
      { ada: 'roy south', ben: 'old north' },
    ],
    ['the house', { topSite: true }, { ada: 'ito house', ben: 'roy house', cleo: 'roy house' }],
  ])('by %s; the preview said so', async (_title, change, expected) => {
    const before = await attribute();
    const tried = checkAttributionRule(change);
    await database.main.run('use marts');
    const preview = await previewAttribution(database.main, tried);
    await database.main.run('use memory');
    await setRule(store.dataSource, 'attribution', tried, by);
    const after = await attribute();
    expect(after).toMatchObject(expected);
    const moved = Object.keys(after).filter((id) => after[id] !== before[id]);
    const otherSite = moved.filter((id) => after[id]!.split(' ')[1] !== before[id]!.split(' ')[1]);
    expect(preview).toMatchObject({ patients: 5, moved: moved.length, otherSite: otherSite.length });
    expect(preview.moves.reduce((sum, { patients }) => sum + patients, 0)).toBe(otherSite.length);
    await setRule(store.dataSource, 'attribution', defaultAttributionRule, by);
  });

  it('a roster holds from its day on, as a whole, where the rule asks for it', async () => {
    const header = 'source,patient,provider,site\n';
    expect(
      await roster(`\ufeff${header}fixture,dora,roy,south\nfixture,ada,"old",\n`.replaceAll('\n', '\r\n')),
    ).toBe(2);
    expect(await attribute()).toMatchObject({ dora: '- -', ada: 'ito south' });
    await setRule(
      store.dataSource,
      'attribution',
      checkAttributionRule({ steps: ['roster', 'assigned'] }),
      by,
    );
    expect(await attribute()).toMatchObject({ dora: 'roy south', ada: 'old south', ben: '- -' });
    await roster(`${header}fixture,emil,ito,north\n`, '2026-06-01');
    await roster(`${header}fixture,ben,ito,north\n`, '2027-01-01');
    expect(await attribute()).toMatchObject({ dora: '- -', emil: 'ito north', ben: '- -' });
  });

  it.each<[string, string | Buffer, string]>([
    [
      'another header',
      'patient,provider\nada,ito\n',
      'the first line of a roster is source,patient,provider,site',
    ],
    [
      'another encoding',
      Buffer.from('source,patient,provider,site\nfixture,ad\xe4,ito,north\n', 'latin1'),
      'not UTF-8',
    ],
    ['a row too short', 'source,patient,provider,site\nfixture,ada\n', 'no CSV of 4 columns'],
    [
      'unknown ids',
      'source,patient,provider,site\nfixture,ada,ito,north\nfixture,zoe,ito,north\nfixture,ben,who,where\nfixture,ada,roy,south\nfixture,cleo,,\n',
      'nothing of the roster is imported: row 3: unknown patient; row 4: unknown provider; row 4: unknown site; row 5: a patient who was named before; row 6: neither provider nor site',
    ],
  ])('refuses a roster with %s', async (_title, text, message) => {
    const count = () => store.dataSource.query<[{ n: string }]>('select count(*) as n from catchment.roster');
    const before = await count();
    await expect(roster(text)).rejects.toThrow(message);
    await expect(roster(text)).rejects.not.toThrow(/ada|zoe/);
    expect(await count()).toEqual(before);
  });

  it.each([
    [{ steps: [] }, '"steps"'],
    [{ steps: ['visits', 'visits'] }, '"steps"'],
    [{ lookBackMonths: 18 }, '"lookBackMonths" is one of 12, 24, 36'],
    [{ siteof: 'patient' }, 'has no "siteof"'],
  ])('refuses the rule %j', (rule, message) => {
    expect(() => checkAttributionRule(rule)).toThrow(message);
  });
});
