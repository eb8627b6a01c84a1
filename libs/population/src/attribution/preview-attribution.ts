import type { Connection } from '@catchment/warehouse';
import type { AttributionRule, AttributionStep } from './attribution-rule';

/** Patients who go from one site to another; null: without a site. */
export interface SiteMove {
  from: { id: string; name: string } | null;
  to: { id: string; name: string } | null;
  patients: number;
}

/** What a rule would change in what is published, were it to hold. */
export interface AttributionPreview {
  patients: number;
  /** Patients with another site, with another provider, and with either. */
  otherSite: number;
  otherProvider: number;
  moved: number;
  /** Per pair of sites, most patients first. */
  moves: SiteMove[];
}

/**
 * Tries a rule on the published patients: the same steps as `sql/intermediate/attribution.sql`.
 * @param connection reads a published marts file
 */
export async function previewAttribution(
  connection: Connection,
  rule: AttributionRule,
): Promise<AttributionPreview> {
  const site = rule.siteOf === 'provider' ? 'coalesce(provider_site.site_id, own_site_id)' : 'own_site_id';
  const moved = `
    with chosen as (
      select choice.pid, ${stepsOf(rule, 'provider')} as provider_id, ${stepsOf(rule, 'site')} as own_site_id
      from attribution_choice as choice
    ),
    placed as (
      select chosen.pid, chosen.provider_id, ${site} as site_id
      from chosen left join provider_site using (provider_id)
    )
    select patient.pid, patient.site_id as from_id, patient.site_name as from_name,
      ${rule.topSite ? 'coalesce(site.top_site_id, placed.site_id)' : 'placed.site_id'} as to_id,
      patient.provider_id as from_provider, placed.provider_id as to_provider
    from placed
    join patient using (pid)
    left join site on site.site_id = placed.site_id`;
  const counted = await connection.first<Omit<AttributionPreview, 'moves'>>(`select
      count(*) as patients,
      count(*) filter (from_id is distinct from to_id) as "otherSite",
      count(*) filter (from_provider is distinct from to_provider) as "otherProvider",
      count(*) filter (from_id is distinct from to_id or from_provider is distinct from to_provider) as moved
    from (${moved})`);
  const rows = await connection.rows<{
    from_id: string | null;
    from_name: string | null;
    to_id: string | null;
    to_name: string | null;
    patients: number;
  }>(`with moved as (${moved}),
      name as (
        select id, min(name) as name from (
          select site_id as id, site_name as name from patient union all select site_id, site_name from site
        ) where name is not null group by id
      )
    select from_id, any_value(from_name) as from_name, to_id, any_value(name.name) as to_name, count(*) as patients
    from moved left join name on name.id = to_id
    where from_id is distinct from to_id
    group by from_id, to_id
    order by patients desc, from_id nulls last, to_id nulls last`);
  return {
    ...counted!,
    moves: rows.map(({ from_id, from_name, to_id, to_name, patients }) => ({
      from: from_id === null ? null : { id: from_id, name: from_name ?? from_id },
      to: to_id === null ? null : { id: to_id, name: to_name ?? to_id },
      patients,
    })),
  };
}

function stepsOf({ steps, lookBackMonths }: AttributionRule, what: 'provider' | 'site'): string {
  const column = (step: AttributionStep): string =>
    `choice.${step}${step === 'visits' ? `_${lookBackMonths}` : ''}_${what}_id`;
  return `coalesce(${[...steps.map(column), 'null'].join(', ')})`;
}
