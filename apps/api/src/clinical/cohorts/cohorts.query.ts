import { NotFoundException } from '@nestjs/common';
import { panelCondition, Parameters } from '@catchment/population';
import type { Connection } from '@catchment/warehouse';
import type { CohortList, CohortPage, CohortSummary } from '../contract';
import type { Panel } from '../filters/panel.service';
import type { Marts } from '../marts/marts.service';
import { ageBand, ageBands } from '../measure/age-band';
import { countPatients, rateOf } from '../measure/counts.query';

/** Every cohort with its members within a panel, also without any. */
export async function readCohortList({ connection, publication }: Marts, panel: Panel): Promise<CohortList> {
  const patients = await countPatients(connection, panel);
  const cohorts = await readSummaries(connection, panel, patients);
  return { publication, filter: panel.filter, patients, cohorts };
}

/** @throws NotFoundException when there is no such cohort */
export async function readCohortPage(marts: Marts, panel: Panel, cohortId: string): Promise<CohortPage> {
  const { connection, publication } = marts;
  const { patients, cohorts } = await readCohortList(marts, panel);
  const cohort = cohorts.find((candidate) => candidate.cohortId === cohortId);
  if (!cohort) throw new NotFoundException('there is no such cohort');
  return {
    publication,
    filter: panel.filter,
    patients,
    cohort,
    bySite: await readSites(connection, panel, cohortId),
    byAge: await readAges(connection, panel, cohortId),
    coOccurrence: await readCoOccurrence(connection, panel, cohort),
  };
}

/** @throws NotFoundException when there is no such cohort */
export async function requireCohort({ connection }: Marts, cohortId: string): Promise<void> {
  const found = await connection.first('select 1 from cohort where cohort_id = $1', [cohortId]);
  if (!found) throw new NotFoundException('there is no such cohort');
}

async function readSummaries(
  connection: Connection,
  { scope, filter }: Panel,
  patients: number,
): Promise<CohortSummary[]> {
  const parameters = new Parameters();
  const rows = await connection.rows<Omit<CohortSummary, 'prevalence'>>(
    `with counted as (
        select m.cohort_id, count(*) as members
        from cohort_member as m
        inner join patient as p using (pid)
        where ${panelCondition('p', scope, filter, parameters)}
        group by m.cohort_id
    )

    select
        c.cohort_id as "cohortId",
        c.title as "title",
        c.description as "description",
        c.source as "source",
        coalesce(counted.members, 0) as "members"
    from cohort as c
    left join counted using (cohort_id)
    order by c.title, c.cohort_id`,
    parameters.values,
  );
  return rows.map((row) => ({ ...row, prevalence: rateOf(row.members, patients) }));
}

/** Patients and members of a panel, by one property of the patient. */
async function readShares(
  connection: Connection,
  { scope, filter }: Panel,
  cohortId: string,
  part: { id: string; label: string },
): Promise<{ id: string | null; label: string; members: number; patients: number }[]> {
  const parameters = new Parameters();
  const cohort = parameters.bind(cohortId);
  return connection.rows(
    `select
        ${part.id} as "id",
        any_value(${part.label}) as "label",
        count(m.pid) as "members",
        count(*) as "patients"
    from patient as p
    left join (select pid from cohort_member where cohort_id = ${cohort}) as m on m.pid = p.pid
    where ${panelCondition('p', scope, filter, parameters)}
    group by ${part.id}
    order by any_value(${part.label}), ${part.id}`,
    parameters.values,
  );
}

async function readSites(
  connection: Connection,
  panel: Panel,
  cohortId: string,
): Promise<CohortPage['bySite']> {
  const site = { id: 'p.site_id', label: `coalesce(p.site_name, p.site_id, 'Not attributed')` };
  const rows = await readShares(connection, panel, cohortId, site);
  return rows.map(({ id, label, members, patients }) => ({
    siteId: id,
    siteName: label,
    members,
    patients,
    prevalence: rateOf(members, patients),
  }));
}

async function readAges(
  connection: Connection,
  panel: Panel,
  cohortId: string,
): Promise<CohortPage['byAge']> {
  const rows = await readShares(connection, panel, cohortId, { id: ageBand('p'), label: ageBand('p') });
  return ageBands.flatMap((band) =>
    rows
      .filter(({ id }) => id === band)
      .map(({ members, patients }) => ({
        ageBand: band,
        members,
        patients,
        prevalence: rateOf(members, patients),
      })),
  );
}

/** The other cohorts of the members, most frequent first. */
async function readCoOccurrence(
  connection: Connection,
  { scope, filter }: Panel,
  { cohortId, members }: CohortSummary,
): Promise<CohortPage['coOccurrence']> {
  const parameters = new Parameters();
  const cohort = parameters.bind(cohortId);
  const rows = await connection.rows<{ cohortId: string; title: string; members: number }>(
    `select
        other.cohort_id as "cohortId",
        any_value(c.title) as "title",
        count(*) as "members"
    from cohort_member as m
    inner join patient as p using (pid)
    inner join cohort_member as other on other.pid = m.pid and other.cohort_id <> m.cohort_id
    inner join cohort as c on c.cohort_id = other.cohort_id
    where m.cohort_id = ${cohort} and ${panelCondition('p', scope, filter, parameters)}
    group by other.cohort_id
    order by count(*) desc, other.cohort_id`,
    parameters.values,
  );
  return rows.map((row) => ({ ...row, share: rateOf(row.members, members) }));
}
