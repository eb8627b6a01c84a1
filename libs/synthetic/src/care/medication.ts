import medications from '../data/medications.json';
import type { Day } from '../calendar';
import { writeDispense, writePrescription, writeStatement } from '../record/medication';
import { age, has, type Story, type Visit } from './story';

type Treatment = keyof typeof medications.treatments;

/** Renews what the person takes for long-term conditions: about once a year per drug. */
export function writeMedications(story: Story, visit: Visit): void {
  const { health, chart } = story;
  const { random } = chart;
  const day = visit.day;
  const years = age(story, day);
  if (has(story, 'hypertension', day)) {
    prescribe(story, visit, 'hypertension', 0.9, 'hypertension');
    if (!health.adheres.bloodPressureControlled)
      prescribe(story, visit, 'hypertension-second', 0.6, 'hypertension');
  }
  if (has(story, 'diabetes', day)) {
    prescribe(story, visit, 'diabetes', 0.85, 'diabetes');
    if (!health.adheres.hba1cControlled) prescribe(story, visit, 'diabetes-second', 0.6, 'diabetes');
  }
  const statinIndicated =
    has(story, 'ascvd', day) ||
    (has(story, 'diabetes', day) && years >= 40) ||
    has(story, 'hyperlipidemia', day);
  if (statinIndicated && years >= 21) {
    if (health.adheres.statin) prescribe(story, visit, 'statin', 0.95, 'hyperlipidemia');
    else if (random.chance(0.03)) refuse(story, visit, 'statin', 'hyperlipidemia');
  }
  if (has(story, 'heart-failure', day)) {
    prescribe(story, visit, 'heart-failure', 0.8, 'heart-failure');
    prescribe(story, visit, 'diuretic', 0.65, 'heart-failure');
  }
  if (has(story, 'ascvd', day)) prescribe(story, visit, 'antiplatelet', 0.4, 'coronary-artery-disease');
  if (has(story, 'depression', day)) prescribe(story, visit, 'antidepressant', 0.7, 'depression');
  if (has(story, 'dementia', day)) prescribe(story, visit, 'dementia', 0.55, 'dementia');
  if (has(story, 'asthma', day) || has(story, 'copd', day)) prescribe(story, visit, 'inhaler', 0.7, 'asthma');
  if (has(story, 'copd', day)) prescribe(story, visit, 'inhaler-maintenance', 0.6, 'copd');
  if (has(story, 'hypothyroidism', day)) prescribe(story, visit, 'thyroid', 0.9, 'hypothyroidism');
  if (visit.kind === 'acute' && random.chance(0.25))
    shortCourse(story, visit, random.chance(0.5) ? 'antibiotic' : 'pain');
}

/** Writes one prescription now, whatever was given before. */
export function prescribeNow(story: Story, visit: Visit, treatment: Treatment, reason: string): void {
  const drug = drugOf(story, treatment);
  writePrescription(story.chart, drug, {
    day: visit.day,
    minute: visit.minute,
    encounter: visit.ref,
    supplyDays: 30,
    refills: 2,
    reason,
  });
  story.lastDone.set(`rx-${treatment}`, visit.day);
}

function prescribe(
  story: Story,
  visit: Visit,
  treatment: Treatment,
  probability: number,
  reason: string,
): void {
  const { chart } = story;
  const service = `rx-${treatment}`;
  const last = story.lastDone.get(service);
  if (last !== undefined && visit.day - last < 250) return;
  // Whether somebody takes a drug at all is decided once: it is a habit, not a coin for every visit.
  if (!story.modality.has(service))
    story.modality.set(service, chart.random.chance(probability) ? 'taken' : 'not-taken');
  if (story.modality.get(service) === 'not-taken') return;
  const drug = drugOf(story, treatment);
  if (chart.random.chance(0.03)) {
    writeStatement(chart, drug, visit.day, visit.ref);
    story.lastDone.set(service, visit.day);
    return;
  }
  const stopped = chart.random.chance(0.02);
  const request = writePrescription(chart, drug, {
    day: visit.day,
    minute: visit.minute,
    encounter: visit.ref,
    supplyDays: 90,
    refills: 3,
    reason: chart.random.chance(0.4) ? reason : undefined,
    status: stopped ? 'stopped' : undefined,
  });
  story.lastDone.set(service, visit.day);
  const filled = fillDay(story, visit.day);
  if (filled !== undefined && chart.random.chance(0.45)) writeDispense(chart, drug, request, filled, 90);
}

function refuse(story: Story, visit: Visit, treatment: Treatment, reason: string): void {
  writePrescription(story.chart, drugOf(story, treatment), {
    day: visit.day,
    encounter: visit.ref,
    supplyDays: 90,
    refills: 0,
    status: 'completed',
    doNotPerform: 'drug-declined',
    reason,
  });
}

function shortCourse(story: Story, visit: Visit, treatment: Treatment): void {
  const drug = drugOf(story, treatment);
  writePrescription(story.chart, drug, {
    day: visit.day,
    minute: visit.minute,
    encounter: visit.ref,
    supplyDays: 10,
    refills: 0,
  });
}

function drugOf(story: Story, treatment: Treatment): string {
  const known = story.modality.get(`drug-${treatment}`);
  const drug = known ?? story.chart.random.pick(medications.treatments[treatment]);
  story.modality.set(`drug-${treatment}`, drug);
  return drug;
}

function fillDay(story: Story, day: Day): Day | undefined {
  const filled = day + story.chart.random.between(0, 3);
  return filled <= story.chart.lastDay ? filled : undefined;
}
