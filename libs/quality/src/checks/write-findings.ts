import type { Connection } from '@catchment/warehouse';
import type { Check } from './check';

/** Ids of resources, never values: who may see patients looks them up. */
const examples = 5;

/**
 * What the checks found, by source, into `quality.finding`, with what a load set aside and how the feed goes. Leaves
 * `temp.quality_stored(source, type, resources)`.
 */
export async function writeFindings(connection: Connection, checks: readonly Check[]): Promise<void> {
  await connection.run('delete from quality.finding');
  await connection.run(`create or replace temp table quality_stored as
    select source, type, count(*) as resources from registry.resource group by source, type`);
  await connection.run(
    `insert into quality.finding
     with
       described as (
         select unnest(from_json($1, '[{"check_no": "INTEGER", "id": "VARCHAR", "class": "VARCHAR", "severity": "VARCHAR", "type": "VARCHAR", "element": "VARCHAR", "sentence": "VARCHAR"}]'), recursive := true)
       )
     select described.id, described.class, described.severity, resource.source, described.type, described.element,
       described.sentence, count(distinct fault.rid), any_value(stored.resources),
       list_sort(min(resource.id, ${examples})) -- the same ones, whatever was loaded first
     from quality.fault as fault
     join described using (check_no)
     join registry.resource as resource using (rid)
     join temp.quality_stored as stored on stored.source = resource.source and stored.type = resource.type
     group by all`,
    [
      JSON.stringify(
        checks.map(({ id, class: of, severity, type, element, sentence }, check_no) => ({
          check_no,
          id,
          class: of,
          severity,
          type,
          element,
          sentence,
        })),
      ),
    ],
  );
  await writeSetAside(connection);
  await writeFeeds(connection);
}

/** Resources that were not stored at all; of an unreadable line neither type nor id is known. */
async function writeSetAside(connection: Connection): Promise<void> {
  await connection.run(`
    insert into quality.finding
    with
      aside as (
        select set_aside.reason, coalesce(file.source, '(unknown)') as source, set_aside.type,
          count(*) as affected, list_sort(min(set_aside.id, ${examples})) as examples
        from landing.set_aside as set_aside
        left join landing.file as file using (file_id)
        group by all
      )
    select aside.reason, 'structure', 'error', aside.source, aside.type, null,
      'were set aside by the load: ' || aside.reason, aside.affected,
      aside.affected + coalesce(stored.resources, 0), coalesce(aside.examples, [])
    from aside
    left join temp.quality_stored as stored on stored.source = aside.source and stored.type = aside.type`);
}

/** A feed that brings less than before, or that does not come when it should, is compared with itself only. */
async function writeFeeds(connection: Connection): Promise<void> {
  await connection.run(`
    insert into quality.finding
    with
      now_held as (select source, sum(resources) as resources from temp.quality_stored group by source),
      before as (
        select id as source, arg_max(resources, data_as_of) as resources
        from quality.history
        where scope = 'source' and data_as_of < (select data_as_of from quality.checked)
        group by id
      )
    select 'fewer-resources', 'feed', 'warning', before.source, null, null,
      'are gone since the last check',
      before.resources - coalesce(now_held.resources, 0), before.resources, []
    from before
    left join now_held using (source)
    where coalesce(now_held.resources, 0) < 0.9 * before.resources`);
  await connection.run(`
    insert into quality.finding
    with
      -- files that come together are one arrival
      arrival as (select distinct source, date_trunc('day', received_at) as day from landing.file),
      spaced as (
        select source, day, date_diff('day', lag(day) over (partition by source order by day), day) as days
        from arrival
      ),
      rhythm as (
        select source, max(day) as latest, median(days) as usual
        from spaced
        group by source
        having count(days) >= 3
      ),
      -- the latest arrival of anybody: without a clock, what others have brought meanwhile tells the time
      clock as (select max(day) as day from arrival)
    select 'late-feed', 'feed', 'warning', rhythm.source, null, null,
      'something comes every ' || rhythm.usual::integer || ' days as a rule, nothing came for '
        || date_diff('day', rhythm.latest, clock.day) || ' days',
      date_diff('day', rhythm.latest, clock.day), null, []
    from rhythm, clock
    where date_diff('day', rhythm.latest, clock.day) > 2 * rhythm.usual`);
}
