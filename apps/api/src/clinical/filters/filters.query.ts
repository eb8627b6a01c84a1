import { panelCondition, Parameters } from '@catchment/population';
import type { Scope } from '@catchment/store';
import type { FilterOption, FilterOptions } from '../contract';
import type { Marts } from '../marts/marts.service';

/** What somebody may filter by. Sites, providers and payers of nobody in the scope are left out. */
export async function readFilterOptions(
  { connection }: Pick<Marts, 'connection'>,
  scope: Scope,
): Promise<FilterOptions> {
  const options = (id: string, label: string): Promise<FilterOption[]> => {
    const parameters = new Parameters();
    return connection.rows<FilterOption>(
      `select ${id} as "id", any_value(${label}) as "label", count(*) as "patients"
      from patient as p
      where ${id} is not null and ${panelCondition('p', scope, {}, parameters)}
      group by ${id}
      order by any_value(${label}), ${id}`,
      parameters.values,
    );
  };
  return {
    sites: await options('p.site_id', 'p.site_name'),
    providers: await options('p.provider_id', 'p.provider_name'),
    payers: await options('p.payer', 'p.payer'),
    measures: await connection.rows(
      `select measure_id as "measureId", coalesce(title, name) as "title"
      from measure
      order by coalesce(title, name), measure_id`,
    ),
    cohorts: await connection.rows(
      `select cohort_id as "cohortId", title as "title" from cohort order by title, cohort_id`,
    ),
  };
}
