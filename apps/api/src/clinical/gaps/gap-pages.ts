import { Parameters } from '@catchment/population';
import type { GapItem, GapPatientRow, GapRow, GapSort, Page } from '../contract';
import { patientColumns } from '../lists/patient-columns';
import { patientOrder } from '../lists/patient-order';
import { readPatientPage, type PageRequest } from '../lists/patient-page';
import type { Marts } from '../marts/marts.service';
import { gapCondition, gapItem, peopleCondition, type GapQuestion } from './gaps.query';

/** A gap as the run computed it: what people do about it is not known here. */
export type ComputedGap = Omit<GapItem, 'work'>;

export type ComputedGapRow = Omit<GapRow, 'gap'> & { gap: ComputedGap };
export type ComputedPatientRow = Omit<GapPatientRow, 'gaps'> & { gaps: ComputedGap[] };

/** As the marts have it. A gap can be closed until the measurement period ends. */
type FoundGap = Omit<ComputedGap, 'dueDate'>;

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
    from: 'care_gap as g inner join patient as p on p.pid = g.pid',
    where: `${gapCondition('g', question, parameters)} and ${peopleCondition('p', question, parameters)}`,
    parameters,
    row: { alias: 'g', columns: 'g.*' },
    joins: 'inner join measure as m on m.measure_id = g.measure_id',
    columns: `${rowColumns}, ${gapItem('g', 'm')} as "gap"`,
    sort,
    order: patientOrder(sort, 'p'),
    within: ['g.measure_id', 'g.group_id'],
  };
  type Found = Omit<GapRow, 'gap'> & { gap: FoundGap };
  const found = await readPatientPage<Found>(marts, question.panel.scope, list, page);
  const dueDate = marts.publication.periodEnd;
  return { ...found, rows: found.rows.map(({ gap, ...row }) => ({ ...row, gap: { ...gap, dueDate } })) };
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
    row: { alias: 'chosen', columns: 'p.pid' },
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
  return { ...found, rows: found.rows.map(({ pid, ...row }) => ({ ...row, gaps: gaps.get(pid) ?? [] })) };
}

/** The gaps of these patients that are asked for, by measure. */
async function readGaps(
  { connection, publication }: Marts,
  question: GapQuestion,
  pids: readonly number[],
): Promise<Map<number, ComputedGap[]>> {
  if (pids.length === 0) return new Map();
  const parameters = new Parameters();
  const rows = await connection.rows<{ pid: number; gap: FoundGap }>(
    `select g.pid as "pid", ${gapItem('g', 'm')} as "gap"
    from care_gap as g
    inner join measure as m on m.measure_id = g.measure_id
    where g.pid in ${parameters.bindList(pids)} and ${gapCondition('g', question, parameters)}
    order by g.pid, coalesce(m.title, m.name), g.measure_id, g.group_id`,
    parameters.values,
  );
  const gaps = new Map<number, ComputedGap[]>();
  for (const { pid, gap } of rows) {
    const ofPatient = gaps.get(pid) ?? [];
    ofPatient.push({ ...gap, dueDate: publication.periodEnd });
    gaps.set(pid, ofPatient);
  }
  return gaps;
}
