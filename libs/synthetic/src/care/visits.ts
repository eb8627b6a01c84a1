import { firstDayOf, weekday, yearOf, type Day } from '../calendar';
import type { ConditionName } from '../health';
import { writeClaim } from '../record/billing';
import { writeCondition } from '../record/condition';
import { beginEncounter, writeEncounter, type EncounterClass } from '../record/encounter';
import { age, has, type Story, type Visit } from './story';

export interface PlannedVisit {
  day: Day;
  kind: string;
}

const chronic: ConditionName[] = [
  'hypertension',
  'diabetes',
  'heart-failure',
  'copd',
  'ckd',
  'depression',
  'ascvd',
];
const wellChildAges = [4, 32, 62, 123, 184, 275, 378, 470, 560, 735, 915];
const acuteReasons = [
  'upper-respiratory-infection',
  'sinusitis',
  'low-back-pain',
  'urinary-infection',
  'cough',
  'headache',
  'abdominal-pain',
  'sprain',
];
const childReasons = ['upper-respiratory-infection', 'otitis-media', 'cough', 'sprain'];

/** The ambulatory visits of a person, in order of time. */
export function planVisits(story: Story): PlannedVisit[] {
  const { chart, frame } = story;
  const { random, person } = chart;
  const from = Math.max(frame.detailedFrom, person.registered);
  const to = Math.min(chart.lastDay, person.lostAfter);
  const visits: PlannedVisit[] = [];
  for (const days of wellChildAges) {
    const day = workday(person.birth + days + random.between(0, 6));
    if (day >= from && day <= to && random.chance(0.92)) visits.push({ day, kind: 'well-child' });
  }
  for (let year = yearOf(from); year <= yearOf(to); year++) {
    const first = Math.max(from, firstDayOf(year));
    const last = Math.min(to, firstDayOf(year + 1) - 1);
    if (last <= first) continue;
    const years = age(story, last);
    const mean = yearlyVisits(story, years, last) * ((last - first + 1) / 365);
    const count = Math.floor(mean + random.next() * 1.2);
    for (let number = 0; number < count; number++) {
      const day = workday(random.between(first, last));
      if (day <= to) visits.push({ day, kind: kindOf(story, years, number) });
    }
  }
  return visits.sort((left, right) => left.day - right.day);
}

function yearlyVisits(story: Story, years: number, day: Day): number {
  if (years < 3) return 1;
  if (years < 18) return 1.1;
  const burden = chronic.filter((name) => has(story, name, day)).length;
  return (years < 40 ? 1.15 : years < 65 ? 1.5 : 2) + Math.min(2.4, burden * 0.6);
}

function kindOf(story: Story, years: number, number: number): string {
  const { random } = story.chart;
  if (number === 0) {
    if (years < 18) return years < 3 ? 'acute' : 'well-child';
    if (random.chance(0.6)) {
      if (years < 65) return 'wellness';
      return years === 65
        ? 'wellness-welcome'
        : random.pick(['wellness-subsequent', 'wellness-subsequent', 'wellness-initial']);
    }
  }
  if (years >= 80 && random.chance(0.15)) return 'home';
  const roll = random.next();
  if (roll < 0.1) return 'telehealth';
  if (roll < 0.15) return 'telephone';
  if (roll < 0.155) return 'virtual-check-in';
  if (roll < 0.17) return 'weekend';
  if (roll < 0.18) return 'post-operative';
  const burdened = story.problems.size > 0 && years >= 18;
  if (roll < (burdened ? 0.3 : 0.6)) return 'acute';
  return roll < 0.65 ? 'follow-up' : 'office';
}

/** Writes the visit: Encounter, its diagnoses, its Claim. Undefined when it was cancelled. */
export function writeVisit(story: Story, planned: PlannedVisit): Visit | undefined {
  const { chart } = story;
  const { random } = chart;
  const kind = classOf(planned.kind);
  const encounter = beginEncounter(chart, planned.day, kind);
  if (random.chance(0.025)) {
    const status = random.chance(0.2) ? 'entered-in-error' : 'cancelled';
    writeEncounter(chart, encounter, { types: [planned.kind], class: kind, status });
    return undefined;
  }
  const known = [...story.problems].filter(([, problem]) => problem.onset <= planned.day);
  const addressed = known.filter(([name]) => random.chance(chronic.includes(name) ? 0.75 : 0.3)).slice(0, 4);
  const reasons: string[] = [];
  const diagnoses = addressed.map(([, problem]) => problem.ref);
  const billed = addressed.map(([, problem]) => problem.concept);

  const young = age(story, planned.day) < 18;
  if (planned.kind === 'acute') {
    const acute = random.pick(young ? childReasons : acuteReasons);
    reasons.push(acute);
    billed.unshift(acute);
    const abatement = planned.day + random.between(5, 20);
    diagnoses.unshift(
      writeCondition(chart, acute, {
        category: 'encounter-diagnosis',
        onset: Math.max(chart.person.birth, planned.day - random.between(0, 4)),
        recorded: planned.day,
        abatement: abatement <= chart.lastDay && random.chance(0.6) ? abatement : undefined,
        encounter: encounter.ref,
      }),
    );
  } else if (planned.kind.startsWith('well')) {
    const exam = young ? 'well-child-exam' : 'wellness-exam';
    reasons.push(exam);
    billed.unshift(exam);
  } else {
    const principal = addressed[0]?.[1].concept;
    if (principal !== undefined && random.chance(0.4)) {
      diagnoses.unshift(
        writeCondition(chart, principal, {
          category: 'encounter-diagnosis',
          onset: planned.day,
          encounter: encounter.ref,
        }),
      );
    }
    if (principal !== undefined && random.chance(0.5)) reasons.push(principal);
  }
  writeEncounter(chart, encounter, { types: [planned.kind], class: kind, diagnoses, reasons });
  if (random.chance(0.93)) {
    writeClaim(chart, encounter, { visitType: planned.kind, diagnoses: billed, coverage: story.coverage });
  }
  return { ...encounter, kind: planned.kind };
}

function classOf(kind: string): EncounterClass {
  if (kind === 'telehealth' || kind === 'telephone' || kind === 'virtual-check-in') return 'VR';
  return kind === 'home' ? 'HH' : 'AMB';
}

function workday(day: Day): Day {
  return weekday(day) === 0 ? day + 1 : day;
}
