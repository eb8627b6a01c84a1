import { Chart, usCore } from './chart';
import { writeDepressionCare, writeTobacco } from './care/behavioral-health';
import { writeComplications } from './care/complications';
import { writeHospitalCare } from './care/hospital';
import { writeChildhoodImmunizations, writeLaterImmunizations } from './care/immunization';
import { writeLaboratory } from './care/laboratory';
import { writeMedications } from './care/medication';
import { writePastHistory } from './care/past-history';
import { writePastScreenings, writeScreenings } from './care/screening';
import { writeSeriousIllness } from './care/serious-illness';
import type { Story, Visit } from './care/story';
import { planVisits, writeVisit } from './care/visits';
import { writeVitals } from './care/vitals';
import type { Directory } from './directory';
import { drawHealth } from './health';
import type { NdjsonOutput } from './ndjson-output';
import { drawPerson, patientBody, type Frame } from './person';
import { Random } from './random';
import { writeCoverage } from './record/billing';
import { writeCondition } from './record/condition';
import { writeAppointment, writeCarePlan, writeCommunication, writeTask } from './record/coordination';

/** Writes everything about patient number `index`; depends on the seed and the index only. */
export function writePatient(
  output: NdjsonOutput,
  index: number,
  seed: number,
  directory: Directory,
  frame: Frame,
): void {
  const random = new Random(seed, index);
  const person = drawPerson(random, index, seed, directory, frame);
  const chart = new Chart(
    output,
    random,
    person,
    Math.min(frame.asOf, person.death ?? frame.asOf),
    frame.detailedFrom,
  );
  chart.write(
    'Patient',
    usCore('patient'),
    patientBody(person, random, frame.asOf),
    chart.lastDay,
    person.id,
  );

  const health = drawHealth(random, person, chart.lastDay);
  const story: Story = {
    chart,
    directory,
    frame,
    health,
    coverage: insure(chart, directory, frame),
    problems: new Map(),
    lastDone: new Map(),
    modality: new Map(),
  };
  for (const problem of health.problems) {
    const ref = writeCondition(chart, problem.concept, {
      category: 'problem-list-item',
      onset: problem.onset,
      recorded: Math.max(problem.onset, person.registered),
      vague: random.chance(0.2),
    });
    story.problems.set(problem.name, { ref, concept: problem.concept, onset: problem.onset });
  }
  writePastHistory(story);
  writeComplications(story);
  writePastScreenings(story);

  const visits: Visit[] = [];
  for (const planned of planVisits(story)) {
    const visit = writeVisit(story, planned);
    if (!visit) continue;
    visits.push(visit);
    writeVitals(story, visit);
    if (visit.kind === 'telephone') continue;
    writeLaboratory(story, visit);
    writeMedications(story, visit);
    writeScreenings(story, visit);
    writeTobacco(story, visit);
    writeDepressionCare(story, visit);
    writeLaterImmunizations(story, visit);
  }
  writeChildhoodImmunizations(story, visits);
  writeHospitalCare(story);
  writeSeriousIllness(story);
  coordinate(story, visits);
}

function insure(chart: Chart, directory: Directory, frame: Frame): string {
  const { random, person } = chart;
  const from = Math.max(person.birth, frame.detailedFrom - random.between(0, 2000));
  const changed = from + random.between(200, 1500);
  if (random.chance(0.12) && changed < chart.lastDay) {
    writeCoverage(chart, directory.payers.bluebird!, from, changed - 1);
    return writeCoverage(chart, person.payer, changed);
  }
  return writeCoverage(chart, person.payer, from);
}

/** Appointments, care plans and the practice's work on the patient. */
function coordinate(story: Story, visits: readonly Visit[]): void {
  const { chart, frame } = story;
  const { random, person } = chart;
  const last = visits.at(-1);
  if (last && random.chance(0.35))
    writeAppointment(chart, 'office', last.day, 'fulfilled', last.day - random.between(3, 60));
  if (person.death === undefined && random.chance(visits.length > 0 ? 0.34 : 0.06)) {
    const booked = frame.asOf + random.between(1, 75);
    const status = random.weighted([
      { status: 'booked' as const, weight: 90 },
      { status: 'pending' as const, weight: 4 },
      { status: 'cancelled' as const, weight: 6 },
    ]).status;
    writeAppointment(
      chart,
      random.pick(['office', 'follow-up', 'telehealth']),
      booked,
      status,
      frame.asOf - random.between(0, 60),
    );
  }
  if (last && random.chance(0.06)) {
    const missed = random.between(Math.min(last.day, chart.lastDay), chart.lastDay);
    writeAppointment(chart, 'office', missed, 'noshow', missed - random.between(3, 30));
  }
  const [name, problem] = [...story.problems][0] ?? [];
  if (name !== undefined && problem && random.chance(0.3)) {
    writeCarePlan(
      chart,
      problem.concept,
      problem.ref,
      Math.min(chart.lastDay, Math.max(problem.onset, frame.detailedFrom)),
    );
  }
  if (random.chance(0.18))
    writeTask(chart, random.pick(['outreach', 'prior-authorization', 'result-follow-up']), recentDay(chart));
  if (random.chance(0.2)) writeCommunication(chart, 'reminder', recentDay(chart));
}

function recentDay(chart: Chart): number {
  return Math.max(chart.person.birth, chart.lastDay - chart.random.between(1, 300));
}
