import assumptions from './data/assumptions.json';
import { ageAt, type Day } from './calendar';
import type { Person } from './person';
import type { Random } from './random';

export type ConditionName = keyof typeof assumptions.prevalence;

/** One long-term problem: its concept's key in data/conditions.json and when it began. */
export interface Problem {
  name: ConditionName;
  concept: string;
  onset: Day;
}

export type Smoking = 'never' | 'former' | 'daily' | 'occasional';

/** Habits and health of one person, drawn once; what the visits then record follows from it. */
export interface Health {
  problems: Problem[];
  smoking: Smoking;
  /** Does the person keep to this kind of care? Keys of `adherence` in data/assumptions.json. */
  adheres: Record<keyof typeof assumptions.adherence, boolean>;
  bmi: number;
}

/** Draws a person's health from the assumed prevalences; conditions that go together make each other likelier. */
export function drawHealth(random: Random, person: Person, lastDay: Day): Health {
  const age = ageAt(person.birth, lastDay);
  const problems: Problem[] = [];
  const has = (name: ConditionName): boolean => problems.some((problem) => problem.name === name);
  const smoking = drawSmoking(random, age);
  const smoked = smoking !== 'never';

  const draw = (name: ConditionName, factor: number): void => {
    if (!random.chance(Math.min(0.95, prevalence(name, age) * factor))) return;
    const years = Math.min(age - 17, random.chance(0.1) ? 2 : 18);
    const onset = lastDay - random.between(40, Math.max(41, Math.floor(years * 365)));
    problems.push({ name, concept: variant(random, name, problems), onset });
  };
  if (age >= 18) {
    draw('obesity', 1);
    draw('hypertension', has('obesity') ? 1.4 : 0.85);
    draw('diabetes', (has('hypertension') ? 1.7 : 0.6) * (has('obesity') ? 1.4 : 0.8));
    draw('hyperlipidemia', has('diabetes') ? 1.6 : 0.95);
    draw('ascvd', (has('hypertension') ? 1.3 : 0.6) * (has('diabetes') ? 1.5 : 0.9) * (smoked ? 1.4 : 0.85));
    draw('ckd', (has('diabetes') ? 2.1 : 0.7) * (has('hypertension') ? 1.3 : 0.6));
    draw('heart-failure', (has('ascvd') ? 2.6 : 0.7) * (has('hypertension') ? 1.3 : 0.6));
    draw('copd', smoked ? 2.1 : 0.35);
    draw('depression', (person.sex === 'female' ? 1.25 : 0.75) * (problems.length > 2 ? 1.3 : 0.95));
    draw('bipolar', has('depression') ? 0.1 : 1);
    draw('dementia', 1);
    draw('frailty', has('dementia') ? 2.5 : 1);
    for (const name of ['anxiety', 'osteoarthritis', 'reflux', 'hypothyroidism'] as const) draw(name, 1);
  } else if (age >= 12 && random.chance(0.06)) {
    problems.push({
      name: 'depression',
      concept: 'depression-single',
      onset: lastDay - random.between(60, 600),
    });
  }
  if (age >= 4 && random.chance(age < 18 ? 0.09 : prevalence('asthma', age))) {
    const years = Math.min(age - 2, 12);
    const onset = lastDay - random.between(60, Math.max(61, Math.floor(years * 365)));
    problems.push({ name: 'asthma', concept: 'asthma', onset });
  }

  const adheres = {} as Health['adheres'];
  for (const [care, rate] of Object.entries(assumptions.adherence)) {
    adheres[care as keyof Health['adheres']] = random.chance(rate + person.quality);
  }
  return { problems, smoking, adheres, bmi: has('obesity') ? random.normal(34, 2) : random.normal(25.5, 2) };
}

function prevalence(name: ConditionName, age: number): number {
  let value = 0;
  assumptions.prevalenceAges.forEach((from, index) => {
    if (age >= from) value = assumptions.prevalence[name][index] ?? value;
  });
  return value;
}

function variant(random: Random, name: ConditionName, earlier: readonly Problem[]): string {
  const has = (other: ConditionName): boolean => earlier.some((problem) => problem.name === other);
  switch (name) {
    case 'diabetes':
      return random.pick([
        'diabetes',
        'diabetes',
        'diabetes',
        'diabetes-hyperglycemia',
        'diabetes-neuropathy',
        'diabetes-type-1',
      ]);
    case 'heart-failure':
      return random.pick(['heart-failure', 'heart-failure-systolic', 'heart-failure-diastolic']);
    case 'ckd':
      return random.pick([
        'ckd-2',
        'ckd-3',
        'ckd-3',
        'ckd-3a',
        'ckd-3a',
        'ckd-3b',
        'ckd-4',
        has('diabetes') ? 'esrd' : 'ckd-3',
        has('diabetes') ? 'ckd-5' : 'ckd-3b',
      ]);
    case 'depression':
      return random.pick([
        'depression',
        'depression-single',
        'depression-recurrent',
        'depression-unspecified-episode',
      ]);
    case 'ascvd':
      return random.pick([
        'coronary-artery-disease',
        'coronary-artery-disease',
        'old-myocardial-infarction',
        'myocardial-infarction',
        'ischemic-stroke',
        'peripheral-arterial-disease',
      ]);
    default:
      return name;
  }
}

function drawSmoking(random: Random, age: number): Smoking {
  if (age < 16) return 'never';
  const roll = random.next();
  if (roll < 0.12) return 'daily';
  if (roll < 0.16) return 'occasional';
  return roll < (age < 35 ? 0.22 : 0.42) ? 'former' : 'never';
}
