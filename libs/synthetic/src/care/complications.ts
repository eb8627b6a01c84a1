import { writeCondition } from '../record/condition';
import { writeProcedure } from '../record/procedure';
import { age, has, type Story } from './story';

/** What follows from long-term conditions and drugs, and rare diseases: measures except or exclude people for it. */
export function writeComplications(story: Story): void {
  const { random } = story.chart;
  const years = age(story, story.chart.lastDay);
  if (years < 18) {
    if (random.chance(0.008)) writeChildhoodDisease(story);
    return;
  }
  if (story.problems.get('ckd')?.concept === 'esrd') writeKidneyReplacement(story);
  if (random.chance(0.3)) writeRevascularization(story);
  const stoppedStatin = !story.health.adheres.statin && has(story, 'hyperlipidemia', story.chart.lastDay);
  if (stoppedStatin && random.chance(0.12)) writeStatinTrouble(story);
  if (random.chance(0.012)) {
    writeCondition(story.chart, random.pick(['cirrhosis', 'hepatitis-c']), {
      category: 'problem-list-item',
      onset: story.chart.lastDay - random.between(100, 4000),
      vague: true,
    });
  }
}

function writeChildhoodDisease(story: Story): void {
  const { chart } = story;
  const onset = chart.random.between(chart.person.birth, Math.min(chart.lastDay, chart.birthday(3)));
  const acute = chart.random.chance(0.5);
  writeCondition(chart, acute ? 'intussusception' : 'antibody-deficiency', {
    category: acute ? 'encounter-diagnosis' : 'problem-list-item',
    onset,
    abatement: acute && onset + 20 <= chart.lastDay ? onset + 20 : undefined,
  });
}

/** Dialysis, recorded about once a month (the dialysis centre's own record has every session), or a transplant. */
function writeKidneyReplacement(story: Story): void {
  const { chart } = story;
  const { random } = chart;
  const onset = story.problems.get('ckd')?.onset ?? chart.lastDay;
  if (random.chance(0.2)) {
    const day = random.between(onset, chart.lastDay);
    writeProcedure(chart, 'kidney-transplant', { day, minutes: 240 });
    writeCondition(chart, 'kidney-transplant-status', { category: 'problem-list-item', onset: day });
    return;
  }
  const first = Math.max(onset, chart.lastDay - 360);
  for (let day = first; day <= chart.lastDay; day += random.between(25, 35))
    writeProcedure(chart, 'hemodialysis', { day, minute: 480, minutes: 240 });
}

const coronary = new Set(['coronary-artery-disease', 'old-myocardial-infarction', 'myocardial-infarction']);

function writeRevascularization(story: Story): void {
  const { chart } = story;
  const { random } = chart;
  const disease = story.problems.get('ascvd');
  if (!disease || !coronary.has(disease.concept)) return;
  const day = random.between(disease.onset, chart.lastDay);
  const bypass = random.chance(0.3);
  if (random.chance(0.6)) {
    writeProcedure(chart, bypass ? 'coronary-bypass' : 'coronary-intervention', { day, minutes: 90 });
  } else {
    writeCondition(chart, bypass ? 'coronary-bypass-status' : 'coronary-stent-status', {
      category: 'problem-list-item',
      onset: day,
    });
  }
}

function writeStatinTrouble(story: Story): void {
  const { chart } = story;
  const { random } = chart;
  const onset = Math.max(chart.birthday(18), chart.lastDay - random.between(30, 1500));
  const severe = random.chance(0.08);
  writeCondition(chart, severe ? 'rhabdomyolysis' : 'statin-myopathy', {
    category: severe ? 'encounter-diagnosis' : 'problem-list-item',
    onset,
    abatement: severe && onset + 25 <= chart.lastDay ? onset + 25 : undefined,
  });
}
