import type { Day } from '../calendar';
import { writeClaim, writeExplanationOfBenefit } from '../record/billing';
import { writeCondition } from '../record/condition';
import { beginEncounter, writeEncounter } from '../record/encounter';
import { writeAdministration } from '../record/medication';
import { writeBloodPressure } from '../record/observation';
import { writeProcedure } from '../record/procedure';
import { age, has, type Story } from './story';

const emergencyReasons = [
  'chest-pain',
  'abdominal-pain',
  'sprain',
  'headache',
  'upper-respiratory-infection',
];

/** Emergency visits and hospital stays: likelier for the old and for those with heart failure or COPD. */
export function writeHospitalCare(story: Story): void {
  const { chart, frame } = story;
  const { random, person } = chart;
  const from = Math.max(frame.detailedFrom, person.birth + 30);
  const years = (chart.lastDay - from) / 365;
  if (years <= 0) return;
  const old = age(story, chart.lastDay) >= 65;
  const ill = (['heart-failure', 'copd', 'ascvd', 'ckd'] as const).filter((name) =>
    has(story, name, chart.lastDay),
  ).length;
  const emergencies = Math.floor(random.next() * (0.6 + (old ? 0.2 : 0) + ill * 0.35) * years * 0.55);
  for (let number = 0; number < emergencies; number++) emergency(story, random.between(from, chart.lastDay));
  const stays = Math.floor(random.next() * ((old ? 0.3 : 0.1) + ill * 0.3) * years * 0.5);
  for (let number = 0; number < stays; number++) {
    const day = random.between(from, chart.lastDay);
    if (day + 12 < chart.lastDay) stay(story, day);
  }
}

function emergency(story: Story, day: Day): void {
  const { chart, directory } = story;
  const { random } = chart;
  const encounter = beginEncounter(chart, day, 'EMER', directory.specialists['Emergency medicine']);
  const reason =
    has(story, 'copd', day) && random.chance(0.4) ? 'copd-exacerbation' : random.pick(emergencyReasons);
  const diagnosis = writeCondition(chart, reason, {
    category: 'encounter-diagnosis',
    onset: day,
    encounter: encounter.ref,
  });
  writeEncounter(chart, encounter, {
    types: ['emergency'],
    class: 'EMER',
    minutes: random.between(90, 400),
    diagnoses: [diagnosis],
    reasons: [reason],
    discharge: 'discharge-home',
    location: directory.hospital.emergencyRef,
    serviceProvider: directory.hospital.ref,
  });
  if (age(story, day) >= 3) {
    writeBloodPressure(chart, Math.round(random.normal(138, 10)), Math.round(random.normal(82, 6)), {
      day,
      minute: encounter.minute + 10,
      encounter: encounter.ref,
    });
  }
  if (reason === 'chest-pain')
    writeProcedure(chart, 'electrocardiogram', {
      day,
      minute: encounter.minute + 15,
      encounter: encounter.ref,
    });
  bill(story, encounter, 'emergency', [reason]);
}

function stay(story: Story, day: Day): void {
  const { chart, directory } = story;
  const { random } = chart;
  const principal = principalDiagnosis(story, day);
  const encounter = beginEncounter(chart, day, 'IMP', directory.specialists['Hospital medicine']);
  const days = random.between(2, 9);
  const type = random.chance(0.8) ? 'inpatient' : 'inpatient-elective';
  const diagnosis = writeCondition(chart, principal, {
    category: 'encounter-diagnosis',
    onset: day,
    encounter: encounter.ref,
  });
  const others = [...story.problems.values()].filter((problem) => problem.onset <= day && random.chance(0.6));
  writeEncounter(chart, encounter, {
    types: [type],
    class: 'IMP',
    minutes: days * 1440 + random.between(0, 600),
    diagnoses: [diagnosis, ...others.map((problem) => problem.ref)],
    discharge: random.chance(0.85) ? 'discharge-home' : 'discharge-snf',
    location: directory.hospital.locationRef,
    serviceProvider: directory.hospital.ref,
  });
  for (let number = 0; number < Math.min(days, 3); number++) {
    writeAdministration(
      chart,
      random.pick(['furosemide-40', 'metoprolol-50', 'acetaminophen-325']),
      encounter.ref,
      day + number,
      540,
    );
  }
  writeBloodPressure(chart, Math.round(random.normal(142, 10)), Math.round(random.normal(82, 7)), {
    day,
    minute: encounter.minute + 20,
    encounter: encounter.ref,
  });
  bill(story, encounter, type, [principal, ...others.map((problem) => problem.concept)]);
}

function principalDiagnosis(story: Story, day: Day): string {
  const { random } = story.chart;
  const candidates = ['pneumonia', 'urinary-infection'];
  if (has(story, 'heart-failure', day)) candidates.push('heart-failure-systolic', 'heart-failure-diastolic');
  if (has(story, 'copd', day)) candidates.push('copd-exacerbation', 'copd-exacerbation');
  if (has(story, 'ascvd', day)) candidates.push('myocardial-infarction', 'ischemic-stroke');
  return random.pick(candidates);
}

function bill(
  story: Story,
  encounter: ReturnType<typeof beginEncounter>,
  visitType: string,
  diagnoses: string[],
): void {
  const details = { visitType, diagnoses, coverage: story.coverage };
  const claim = writeClaim(story.chart, encounter, details);
  writeExplanationOfBenefit(story.chart, encounter, { ...details, claim });
}
