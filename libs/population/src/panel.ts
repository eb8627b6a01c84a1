import type { Scope } from '@catchment/store';
import type { Parameters } from './parameters';

/** Which patients a question is about, within the scope of who asks. */
export interface PanelFilter {
  site?: string;
  provider?: string;
  payer?: string;
}

/**
 * SQL condition for the patients of a panel that the scope allows. Every query about patients carries it, on a table
 * with `site_id`, `provider_id` and `payer` (`patient`, `population_result`, `trend_panel`).
 * @param alias the table's alias
 */
export function panelCondition(
  alias: string,
  scope: Scope,
  filter: PanelFilter,
  parameters: Parameters,
): string {
  const conditions = [
    within(`${alias}.site_id`, scope.sites, parameters),
    within(`${alias}.provider_id`, scope.providers, parameters),
    equals(`${alias}.site_id`, filter.site, parameters),
    equals(`${alias}.provider_id`, filter.provider, parameters),
    equals(`${alias}.payer`, filter.payer, parameters),
  ].filter((condition) => condition !== undefined);
  return conditions.length > 0 ? `(${conditions.join(' and ')})` : 'true';
}

/** Nobody's scope holds a patient without a site unless it holds all sites. */
function within(
  column: string,
  allowed: readonly string[] | 'all',
  parameters: Parameters,
): string | undefined {
  if (allowed === 'all') return undefined;
  return allowed.length === 0 ? 'false' : `coalesce(${column} in ${parameters.bindList(allowed)}, false)`;
}

/** The empty text asks for patients without one ("not attributed"). */
function equals(column: string, value: string | undefined, parameters: Parameters): string | undefined {
  if (value === undefined) return undefined;
  return value === '' ? `${column} is null` : `coalesce(${column} = ${parameters.bind(value)}, false)`;
}
