import type { Connection } from '@catchment/warehouse';
import { gradeOf } from './grade';

/** Grades every source by all that it sent: a resource with an error counts nothing, with a warning one half. */
export async function gradeSources(connection: Connection): Promise<void> {
  const rows = await connection.rows<{
    source: string;
    patients: number;
    resources: number;
    usable: number;
    aside: number;
  }>(`
    with
      faulty as (
        select fault.rid, max(case quality_check.severity when 'error' then 1.0 when 'warning' then 0.5 else 0 end) as lost
        from quality.fault as fault
        join temp.quality_check as quality_check using (check_no)
        group by fault.rid
      ),
      aside as (
        select coalesce(file.source, '(unknown)') as source, count(*) as resources
        from landing.set_aside
        left join landing.file as file using (file_id)
        group by all
      ),
      unusable as (
        select resource.source, sum(faulty.lost)::double as resources
        from faulty join registry.resource as resource using (rid)
        group by resource.source
      ),
      held as (
        select stored.source, sum(stored.resources) filter (stored.type = 'Patient') as patients,
          sum(stored.resources) as resources,
          sum(stored.resources) - coalesce(any_value(unusable.resources), 0) as usable
        from temp.quality_stored as stored
        left join unusable using (source)
        group by stored.source
      )
    select source, coalesce(held.patients, 0)::bigint as patients, coalesce(held.resources, 0)::bigint as resources,
      coalesce(held.usable, 0)::double as usable, coalesce(aside.resources, 0) as aside
    from held
    full join aside using (source)
    order by source`);
  await connection.run('delete from quality.source');
  for (const { source, patients, resources, usable, aside } of rows) {
    const all = resources + aside;
    const score = all === 0 ? null : usable / all;
    await connection.run('insert into quality.source values ($1, $2, $3, $4, $5, $6)', [
      source,
      patients,
      resources,
      usable,
      score,
      gradeOf(score),
    ]);
  }
}
