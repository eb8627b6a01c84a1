import { Parameters } from '@catchment/population';
import type { Connection } from '@catchment/warehouse';
import type { GapItem, GapPatientRow, GapRow, GapSort, Page, Publication } from '../contract';
import { patientColumns } from '../lists/patient-columns';
import { patientOrder } from '../lists/patient-order';
import { readPatientPage, type PageRequest } from '../lists/patient-page';
import type { Marts } from '../marts/marts.service';
import { gapCondition, gapItem, peopleCondition, type GapQuestion } from './gaps.query';

/** A gap as the run computed it: what people do about it is not known here. */
export type ComputedGap = Omit<GapItem, 'work'>;

export type ComputedGapRow = Omit<GapRow, 'gap'> & { gap: ComputedGap };
export type ComputedPatientRow = Omit<GapPatientRow, 'gaps'> & { gaps: ComputedGap[] };

interface GapPageRequest extends PageRequest {
  sort: GapSort;
}

const rowColumns = `${patientColumns('p')},
        p.priority as "priority",
        p.priority_reasons as "priorityReasons"`;

/** One row per gap. */
export async function readGapPage(
  marts: Marts,
  question: GapQuestion,
  { sort, ...page }: GapPageRequest,
): Promise<Page<ComputedGapRow>> {
  const parameters = new Parameters();
  const list = {
    from: `care_gap as g inner join patient as p using (pid)`,
    where: `${gapCondition('g', question, parameters)} and ${peopleCondition('p', question, parameters)}`,
    parameters,
    columns: `${rowColumns}, p.pid as "pid", g.measure_id as "measureId", g.group_id as "groupId"`,
    sort,
    order: patientOrder(sort, 'p'),
    within: ['g.measure_id', 'g.group_id'],
  };
  type Found = Omit<GapRow, 'gap'> & { pid: number; measureId: string; groupId: string };
  const found = await readPatientPage<Found>(marts, question.panel.scope, list, page);
  const gaps = await readGaps(
    marts,
    question,
    found.rows.map(({ pid }) => pid),
  );
  return {
    ...found,
    rows: found.rows.map(({ pid, measureId, groupId, ...row }) => {
      const gap = gaps.get(pid)!.find((item) => item.measureId === measureId && item.groupId === groupId);
      return { ...row, gap: gap! };
    }),
  };
}

/** One row per patient, with the gaps that are asked for. */
export async function readGapPatientPage(
  marts: Marts,
  question: GapQuestion,
  { sort, ...page }: GapPageRequest,
): Promise<Page<ComputedPatientRow>> {
  const parameters = new Parameters();
  const condition = gapCondition('g', question, parameters);
  const list = {
    from: 'patient as p',
    where:
      `p.pid in (select g.pid from care_gap as g where ${condition})` +
      ` and ${peopleCondition('p', question, parameters)}`,
    parameters,
    columns: `${rowColumns}, p.pid as "pid"`,
    sort,
    order: patientOrder(sort, 'p'),
    within: [],
  };
  type Found = Omit<GapPatientRow, 'gaps'> & { pid: number };
  const found = await readPatientPage<Found>(marts, question.panel.scope, list, page);
  const gaps = await readGaps(
    marts,
    question,
    found.rows.map(({ pid }) => pid),
  );
  return { ...found, rows: found.rows.map(({ pid, ...row }) => ({ ...row, gaps: gaps.get(pid)! })) };
}

/** The gaps of these patients that are asked for, by measure. */
async function readGaps(
  { connection, publication }: { connection: Connection; publication: Publication },
  question: GapQuestion,
  pids: readonly number[],
): Promise<Map<number, ComputedGap[]>> {
  if (pids.length === 0) return new Map();
  const parameters = new Parameters();
  const rows = await connection.rows<{ pid: number; gap: ComputedGap }>(
    `select g.pid as "pid", ${gapItem('g', 'm', publication, parameters)} as "gap"
    from care_gap as g
    inner join measure as m using (measure_id)
    where g.pid in ${parameters.bindList([...new Set(pids)])} and ${gapCondition('g', question, parameters)}
    order by g.pid, coalesce(m.title, m.name), g.measure_id, g.group_id`,
    parameters.values,
  );
  const gaps = new Map<number, ComputedGap[]>();
  for (const { pid, gap } of rows) gaps.set(pid, [...(gaps.get(pid) ?? []), gap]);
  return gaps;
}
