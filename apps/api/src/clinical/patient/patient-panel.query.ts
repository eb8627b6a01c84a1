import type { Connection } from '@catchment/warehouse';
import type { PatientCohort, PatientMeasureResult, PatientPanel, TimelineEntry } from '../contract';
import { evidenceResource, patientColumns } from '../lists/patient-columns';
import type { Marts } from '../marts/marts.service';
import { groupKey } from '../measure/counts.query';
import { publishedMeasures } from '../measure/find-measure';
import { readEvaluated, readGroupResults } from './results.query';

const longestTimeline = 500;

export async function readPatientPanel(marts: Marts, pid: number): Promise<PatientPanel> {
  const { connection, publication } = marts;
  return {
    publication,
    patient: await readPatient(connection, pid),
    results: await readResults(marts, pid),
    cohorts: await readCohorts(connection, pid),
    timeline: await readTimeline(connection, pid),
  };
}

async function readPatient(connection: Connection, pid: number): Promise<PatientPanel['patient']> {
  const [patient] = await connection.rows<PatientPanel['patient']>(
    `select ${patientColumns('p')},
        p.family as "family",
        p.given as "given",
        p.address as "address",
        p.race as "race",
        p.ethnicity as "ethnicity",
        p.deceased as "deceased",
        p.priority as "priority",
        p.priority_reasons as "priorityReasons"
    from patient as p
    where p.pid = $1`,
    [pid],
  );
  return patient!;
}

async function readResults(marts: Marts, pid: number): Promise<PatientMeasureResult[]> {
  const measures = await publishedMeasures(marts);
  const results = await readGroupResults(marts.connection, pid);
  const ids = measures.map(({ measure }) => measure.measureId);
  const evaluated = await readEvaluated(marts.connection, pid, ids);
  return measures.flatMap(({ measure, groups }) =>
    groups.map((group) => {
      const result = results.get(groupKey(group));
      return {
        measureId: measure.measureId,
        groupId: group.groupId,
        title: group.title && groups.length > 1 ? `${measure.title}: ${group.title}` : measure.title,
        version: measure.version,
        improvementNotation: group.improvementNotation,
        evaluated: evaluated.has(measure.measureId),
        populations: result?.populations ?? [],
        gap: result?.gap ?? null,
      };
    }),
  );
}

async function readCohorts(connection: Connection, pid: number): Promise<PatientCohort[]> {
  return connection.rows<PatientCohort>(
    `select
        m.cohort_id as "cohortId",
        c.title as "title",
        m.first_evidence as "firstEvidence",
        m.latest_evidence as "latestEvidence",
        m.evidence_count as "evidenceCount",
        ${evidenceResource('f')} as "first",
        ${evidenceResource('l')} as "latest"
    from cohort_member as m
    inner join cohort as c using (cohort_id)
    left join resource as f on f.rid = m.first_rid and f.pid = $1
    left join resource as l on l.rid = m.latest_rid and l.pid = $1
    where m.pid = $1
    order by c.title, m.cohort_id`,
    [pid],
  );
}

/** Every resource that a measure or a cohort used, newest first. */
async function readTimeline(connection: Connection, pid: number): Promise<TimelineEntry[]> {
  return connection.rows<TimelineEntry>(
    `with used as (
        select rid, measure_id as used_by from evidence where pid = $1
        union
        select first_rid, cohort_id from cohort_member where pid = $1
        union
        select latest_rid, cohort_id from cohort_member where pid = $1
    ),

    entry as (
        select rid, list(used_by order by used_by) as used_by
        from used
        group by rid
    )

    select
        s.type as "type",
        s.id as "id",
        s.date as "date",
        s.code_system as "codeSystem",
        s.code as "code",
        s.display as "display",
        s.value_text as "valueText",
        entry.used_by as "usedBy"
    from entry
    inner join resource as s on s.rid = entry.rid and s.pid = $1
    order by s.date desc nulls last, s.rid desc
    limit ${longestTimeline}`,
    [pid],
  );
}
