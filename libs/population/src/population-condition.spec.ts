import { Database } from '@catchment/warehouse';
import { panelCondition } from './panel';
import { Parameters } from './parameters';
import { listedPopulations, populationCondition } from './population-condition';

describe('conditions about population results', () => {
  let database: Database;

  beforeAll(async () => {
    database = await Database.open(':memory:');
    const columns = [
      'initial_population',
      'denominator',
      'denominator_exclusion',
      'denominator_exception',
      'numerator',
      'numerator_exclusion',
    ];
    // every combination of true, false and null
    await database.main.run(
      `create table r as select ${columns.join(', ')}, null::boolean as measure_population,
         null::boolean as measure_population_exclusion, null::varchar as gap_status
       from ${columns.map((name) => `(values (true), (false), (null)) as t_${name}(${name})`).join(', ')}`,
    );
  });

  afterAll(() => database.close());

  it.each(listedPopulations)('%s is never unknown', async (population) => {
    const row = await database.main.first(
      `select count(*) as unknown from r where (${populationCondition(population, 'r')}) is null`,
    );
    expect(row).toEqual({ unknown: 0 });
  });

  it('count the rate by its definition: numerator − exclusions over denominator − exclusions − exceptions', async () => {
    const is = (column: string): string => `${column} is not distinct from true`;
    const denominator = `${is('denominator')} and not (${is('denominator_exclusion')}) and not (${is('denominator_exception')})`;
    const numerator = `${denominator} and ${is('numerator')} and not (${is('numerator_exclusion')})`;
    const row = await database.main.first(
      `select
         count_if((${populationCondition('performance-denominator', 'r')}) <> (${denominator})) as denominator,
         count_if((${populationCondition('performance-numerator', 'r')}) <> (${numerator})) as numerator
       from r`,
    );
    expect(row).toEqual({ denominator: 0, numerator: 0 });
  });
});

describe('panelCondition', () => {
  let database: Database;

  beforeAll(async () => {
    database = await Database.open(':memory:');
    await database.main.run(
      `create table p as select * from (values
         (1, 'a', 'x', 'm'), (2, 'b', 'x', null), (3, null, 'y', 'm'), (4, 'a', null, 'n'), (5, null, null, null)
       ) as t(pid, site_id, provider_id, payer)`,
    );
  });

  afterAll(() => database.close());

  it.each([
    [{ sites: 'all', providers: 'all' }, {}, [1, 2, 3, 4, 5]],
    [{ sites: ['a'], providers: 'all' }, {}, [1, 4]],
    [{ sites: ['a', 'b'], providers: ['x'] }, {}, [1, 2]],
    [{ sites: [], providers: 'all' }, {}, []],
    [{ sites: 'all', providers: [] }, { site: 'a' }, []],
    [{ sites: ['a'], providers: 'all' }, { site: 'b' }, []],
    [{ sites: ['a'], providers: 'all' }, { site: '' }, []],
    [{ sites: 'all', providers: 'all' }, { site: '' }, [3, 5]],
    [{ sites: 'all', providers: 'all' }, { provider: '', payer: 'n' }, [4]],
    [{ sites: ["a') or ('1' = '1"], providers: 'all' }, {}, []],
  ] as const)('scope %j, filter %j: %j', async (scope, filter, expected) => {
    const parameters = new Parameters();
    const copy = {
      sites: scope.sites === 'all' ? ('all' as const) : [...scope.sites],
      providers: scope.providers === 'all' ? ('all' as const) : [...scope.providers],
    };
    const condition = panelCondition('p', copy, filter, parameters);
    const rows = await database.main.rows<{ pid: number }>(
      `select pid from p where ${condition} order by pid`,
      parameters.values,
    );
    expect(rows.map(({ pid }) => pid)).toEqual(expected);
  });
});
