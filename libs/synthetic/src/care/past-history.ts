import { addYears, type Day } from '../calendar';
import { writeAllergy } from '../record/billing';
import { writeCondition } from '../record/condition';
import { beginEncounter, writeEncounter } from '../record/encounter';
import { writeObservation } from '../record/observation';
import { writeProcedure } from '../record/procedure';
import { age, type Story } from './story';

/** Operations, cancers, pregnancies and allergies: what excludes people from measures, recorded at any time of life. */
export function writePastHistory(story: Story): void {
  const { chart } = story;
  const { random, person } = chart;
  const years = age(story, chart.lastDay);
  if (random.chance(0.22)) allergy(story);
  if (years < 18) return;
  if (person.sex === 'female') {
    if (random.chance(years < 35 ? 0.004 : years < 50 ? 0.05 : 0.2)) hysterectomy(story);
    else if (years <= 44 && random.chance(0.14)) pregnancy(story);
    if (years >= 35 && random.chance(0.02)) mastectomy(story);
  }
  if (years >= 45 && random.chance(0.01)) {
    writeCondition(chart, 'colon-cancer', {
      category: 'problem-list-item',
      onset: someDay(story, 40),
      vague: true,
    });
  }
  if (years >= 45 && random.chance(0.003))
    writeProcedure(chart, 'total-colectomy', { day: someDay(story, 40), vague: true });
  if (story.health.smoking === 'daily' && random.chance(0.5)) {
    writeCondition(chart, 'nicotine-dependence', {
      category: 'problem-list-item',
      onset: someDay(story, 18),
      vague: true,
    });
  }
  if (random.chance(0.006)) {
    writeCondition(chart, 'diabetes', {
      category: 'problem-list-item',
      onset: chart.lastDay - 200,
      verificationStatus: random.pick(['refuted', 'entered-in-error']),
    });
  }
  if (random.chance(0.05))
    writeCondition(chart, 'prediabetes', { category: 'problem-list-item', onset: someDay(story, 30) });
}

/** A day after that birthday, at most twenty-five years ago; of the last two years for younger people. */
function someDay(story: Story, fromAge: number): Day {
  const { chart } = story;
  const earliest = Math.max(addYears(chart.person.birth, fromAge), chart.lastDay - 25 * 365);
  return chart.random.between(Math.min(earliest, chart.lastDay - 730), chart.lastDay);
}

function hysterectomy(story: Story): void {
  const { chart } = story;
  const day = someDay(story, 30);
  const recordedAsDiagnosis = chart.random.chance(0.4);
  if (recordedAsDiagnosis)
    writeCondition(chart, 'cervix-absence', { category: 'problem-list-item', onset: day, vague: true });
  else writeProcedure(chart, 'hysterectomy', { day, vague: true });
}

function mastectomy(story: Story): void {
  const { chart } = story;
  const day = someDay(story, 32);
  switch (chart.random.between(0, 3)) {
    case 0:
      writeProcedure(chart, 'bilateral-mastectomy', { day, vague: true });
      return;
    case 1:
      writeCondition(chart, 'breast-absence', { category: 'problem-list-item', onset: day, vague: true });
      return;
    case 2:
      writeProcedure(chart, 'left-mastectomy', { day });
      writeProcedure(chart, 'right-mastectomy', { day: chart.random.between(day, chart.lastDay) });
      return;
    default:
      // One side only excludes nobody; one in five has lost the other one, too.
      writeCondition(chart, 'breast-absence-left', { category: 'problem-list-item', onset: day });
      if (chart.random.chance(0.2))
        writeCondition(chart, 'breast-absence-right', { category: 'problem-list-item', onset: day });
  }
}

function pregnancy(story: Story): void {
  const { chart, frame } = story;
  const { random } = chart;
  const earliest = Math.max(frame.detailedFrom, addYears(chart.person.birth, 18));
  const latest = chart.lastDay - 30;
  if (latest <= earliest) return;
  const day = random.between(earliest, latest);
  const end = day + random.between(210, 270);
  const encounter = beginEncounter(
    chart,
    day,
    'AMB',
    story.directory.specialists['Obstetrics and gynecology'],
  );
  const condition = writeCondition(chart, 'pregnancy', {
    category: 'encounter-diagnosis',
    onset: day,
    abatement: end <= chart.lastDay ? end : undefined,
    encounter: encounter.ref,
  });
  writeEncounter(chart, encounter, {
    types: ['office'],
    class: 'AMB',
    diagnoses: [condition],
    reasons: ['pregnancy'],
  });
  writeObservation(chart, 'pregnancy-status', {
    category: 'social-history',
    day,
    encounter: encounter.ref,
    value:
      '"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"77386006","display":"Pregnancy (finding)"}]}',
  });
  if (end <= chart.lastDay && random.chance(0.6)) {
    const weaned = end + random.between(60, 400);
    writeCondition(chart, 'breastfeeding', {
      category: 'encounter-diagnosis',
      onset: end,
      abatement: weaned <= chart.lastDay ? weaned : undefined,
    });
  }
  if (random.chance(0.07)) {
    writeCondition(chart, 'gestational-diabetes', {
      category: 'encounter-diagnosis',
      onset: Math.min(chart.lastDay, day + 120),
      encounter: encounter.ref,
    });
  }
}

const commonAllergens = ['allergen-penicillin', 'allergen-sulfa', 'allergen-latex'];

function allergy(story: Story): void {
  const { chart } = story;
  const { random } = chart;
  const adult = age(story, chart.lastDay) >= 40;
  const substance = random.pick(
    adult
      ? [...commonAllergens, ...commonAllergens, ...commonAllergens, 'allergen-atorvastatin']
      : ['allergen-penicillin', 'allergen-peanut'],
  );
  const day = random.between(Math.max(chart.person.birth, chart.lastDay - 3000), chart.lastDay);
  writeAllergy(
    chart,
    substance,
    random.pick(['reaction-hives', 'reaction-rash']),
    day,
    random.chance(0.03) ? 'refuted' : 'confirmed',
  );
}
