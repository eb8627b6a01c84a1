import { coded, writeObservation } from '../record/observation';
import { writeProcedure, writeServiceRequest } from '../record/procedure';
import { prescribeNow } from './medication';
import { age, has, isDue, type Story, type Visit } from './story';

const statusOf = {
  never: 'never-smoker',
  former: 'former-smoker',
  daily: 'smokes-daily',
  occasional: 'smokes-occasionally',
} as const;

/** Asks about tobacco once a year and helps those who smoke to stop. */
export function writeTobacco(story: Story, visit: Visit): void {
  const { chart, health } = story;
  const { random } = chart;
  if (age(story, visit.day) < 12 || !isDue(story, 'tobaccoScreening', 'tobacco', visit.day, 300, 0.05))
    return;
  const status = random.chance(0.01) ? 'tobacco-unknown' : statusOf[health.smoking];
  writeObservation(chart, 'tobacco-status', {
    category: 'social-history',
    day: visit.day,
    minute: visit.minute + 3,
    encounter: visit.ref,
    value: coded(status),
  });
  story.lastDone.set('tobacco', visit.day);
  const smokes = health.smoking === 'daily' || health.smoking === 'occasional';
  if (!smokes || !random.chance(health.adheres.tobaccoCessation ? 0.9 : 0.08)) return;
  if (random.chance(0.72)) {
    writeProcedure(chart, random.chance(0.8) ? 'tobacco-counseling' : 'tobacco-therapy', {
      day: visit.day,
      minute: visit.minute + 10,
      minutes: 8,
      encounter: visit.ref,
    });
  } else prescribeNow(story, visit, 'tobacco-cessation', 'nicotine-dependence');
}

/** Screens for depression once a year (PHQ-2, then PHQ-9), follows a positive screen up; monitors those in treatment. */
export function writeDepressionCare(story: Story, visit: Visit): void {
  const { chart, health } = story;
  const { random } = chart;
  const years = age(story, visit.day);
  if (years < 12) return;
  const depressed = has(story, 'depression', visit.day);
  const at = { day: visit.day, minute: visit.minute + 4, encounter: visit.ref };
  if (depressed && random.chance(0.45)) {
    const points = random.chance(0.25) ? random.between(10, 18) : random.between(1, 9);
    score(story, visit, 'phq9', points);
    if (points >= 10 && random.chance(health.adheres.depressionFollowUp ? 0.92 : 0.15))
      followUp(story, visit);
    if (random.chance(0.12))
      writeProcedure(chart, 'psychotherapy', {
        ...at,
        performer: story.directory.specialists.Psychiatry!.ref,
      });
    story.lastDone.set('depression-screening', visit.day);
    return;
  }
  if (!isDue(story, 'depressionScreening', 'depression-screening', visit.day, 300, 0.05)) return;
  story.lastDone.set('depression-screening', visit.day);
  if (random.chance(0.012)) {
    if (random.chance(0.5)) {
      const statusReason = random.chance(0.8) ? 'declined' : 'contraindicated';
      writeProcedure(chart, 'depression-screening', { ...at, status: 'not-done', statusReason });
    } else writeObservation(chart, 'phq2', { ...at, category: 'survey', absent: 'asked-declined' });
    return;
  }
  const positive = random.chance(depressed ? 0.4 : 0.1);
  score(story, visit, 'phq2', positive ? random.between(3, 6) : random.between(0, 2));
  // A third of those whom the short form selects turn out negative in the long one.
  const confirmed = positive && random.chance(0.68);
  if (positive) score(story, visit, 'phq9', confirmed ? random.between(10, 21) : random.between(3, 9));
  const instrument = years < 18 ? 'depression-screening-adolescent' : 'depression-screening-adult';
  writeObservation(chart, instrument, {
    ...at,
    category: 'survey',
    value: coded(confirmed ? 'screening-positive' : 'screening-negative'),
  });
  if (confirmed && random.chance(health.adheres.depressionFollowUp ? 0.92 : 0.1)) followUp(story, visit);
}

function followUp(story: Story, visit: Visit): void {
  const { chart } = story;
  const { random } = chart;
  const roll = random.next();
  if (roll < 0.45) {
    writeServiceRequest(chart, random.pick(['psychiatry-referral', 'counseling-referral']), {
      day: visit.day,
      minute: visit.minute,
      encounter: visit.ref,
      status: random.pick(['active', 'completed']),
      reason: 'depression',
    });
  } else if (roll < 0.85) prescribeNow(story, visit, 'antidepressant', 'depression');
  else {
    const day = Math.min(chart.lastDay, visit.day + random.between(0, 2));
    writeProcedure(chart, 'psychotherapy', { day, performer: story.directory.specialists.Psychiatry!.ref });
  }
}

function score(story: Story, visit: Visit, instrument: 'phq2' | 'phq9', points: number): void {
  writeObservation(story.chart, instrument, {
    category: 'survey',
    day: visit.day,
    minute: visit.minute + 4,
    encounter: visit.ref,
    // Some sources send the score as a quantity.
    value: story.chart.random.chance(0.75)
      ? `"valueInteger":${points}`
      : `"valueQuantity":{"value":${points},"unit":"{score}","system":"http://unitsofmeasure.org","code":"{score}"}`,
  });
}
