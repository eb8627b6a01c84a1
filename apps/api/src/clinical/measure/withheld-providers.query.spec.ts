import { Database } from '@catchment/warehouse';
import type { MeasureGroup } from './group.query';
import { readProviderRates } from './providers.query';
import { readStrata } from './strata.query';
import { withholdProviders } from './withheld-providers.query';

const panel = { scope: { sites: 'all' as const, providers: 'all' as const }, filter: {} };
const group: MeasureGroup = {
  measureId: 'screening',
  groupId: 'main',
  title: null,
  scoring: 'proportion',
  populationBasis: 'boolean',
  improvementNotation: 'increase',
  populations: ['initial-population', 'denominator', 'numerator'],
};

/** Provider, site, denominator, numerator: north has 8 of 40, a small cell; nobody works at two sites. */
const practice: [string, string, number, number][] = [
  ['ada', 'north', 25, 5],
  ['bob', 'north', 15, 3],
  ['cyd', 'south', 60, 30],
  ['dan', 'south', 70, 40],
  ['eve', 'west', 200, 100],
];

describe('rates by provider beside strata by site', () => {
  let marts: Database;

  beforeAll(async () => {
    marts = await Database.open(':memory:');
    const { main } = marts;
    await main.run(
      `create table patient (pid integer, provider_id varchar, provider_name varchar, site_id varchar, site_name varchar,
         payer varchar, sex varchar, age integer, race varchar, ethnicity varchar, language varchar)`,
    );
    await main.run(
      `create table population_result (measure_id varchar, group_id varchar, pid integer, site_id varchar,
         provider_id varchar, payer varchar, initial_population boolean, denominator boolean,
         denominator_exclusion boolean, denominator_exception boolean, numerator boolean, numerator_exclusion boolean)`,
    );
    let pid = 0;
    for (const [provider, site, denominator, numerator] of practice) {
      await main.run(
        `insert into patient
         select $1::integer + i, $2, $2, $3, $3, 'Medicare', 'female', 60, 'unknown', 'unknown', 'en'
         from range($4::integer) as people(i)`,
        [pid, provider, site, denominator],
      );
      await main.run(
        `insert into population_result
         select 'screening', 'main', $1::integer + i, $3, $2, 'Medicare', true, true, false, false, i < $5::integer, false
         from range($4::integer) as people(i)`,
        [pid, provider, site, denominator, numerator],
      );
      pid += denominator;
    }
  });

  afterAll(() => marts.close());

  it('do not add up to a site that is withheld', async () => {
    const strata = await readStrata(marts.main, panel, group);
    const sites = strata.find(({ dimension }) => dimension === 'site')!.members;
    expect(sites.map(({ memberId, suppressed }) => [memberId, suppressed])).toEqual([
      ['north', true],
      ['south', true],
      ['west', false],
    ]);
    const all = await readProviderRates(marts.main, panel, group);
    const shown = await withholdProviders(marts.main, panel, group, all, strata);
    const counts = new Map(shown.map((each) => [each.providerId, each.performanceDenominator]));
    // What an attacker who knows who works where would add up: north, or south and take it from the total and west.
    const sumAt = (site: string) =>
      practice.filter(([, at]) => at === site).map(([provider]) => counts.get(provider) ?? NaN);
    expect(sumAt('north').reduce((sum, each) => sum + each, 0)).toBeNaN();
    expect(sumAt('south').reduce((sum, each) => sum + each, 0)).toBeNaN();
    // One provider of each site is withheld, so that the total tells only what both have together.
    expect(shown.filter(({ suppressed }) => suppressed)).toMatchObject([
      { providerId: 'bob', performanceNumerator: null, performanceRate: null, low: null, high: null },
      { providerId: 'cyd', performanceNumerator: null, performanceRate: null, low: null, high: null },
    ]);
    expect(counts.get('ada')).toBe(25);
  });
});
