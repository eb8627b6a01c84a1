import vaccines from '../data/vaccines.json';
import { dayOf, yearOf, type Day } from '../calendar';
import { writeImmunization } from '../record/medication';
import { age, type Story, type Visit } from './story';

interface Dose {
  day: Day;
  product: string;
  number: number;
}

/** Older children's doses are not on file here any more. */
const oldestWithRecord = 9;

/** The childhood series: for children whose first two years are on file. Missing doses are what gaps are made of. */
export function writeChildhoodImmunizations(story: Story, visits: readonly Visit[]): void {
  const { chart, health } = story;
  const { random } = chart;
  if (age(story, chart.lastDay) >= oldestWithRecord) return;
  const complete = health.adheres.childImmunization;
  for (const dose of childDoses(story)) {
    const delay =
      random.between(0, 12) + (random.chance(complete ? 0.02 : 0.2) ? random.between(20, 120) : 0);
    const day = dose.day + delay;
    if (day > chart.lastDay || day > chart.person.birth + 30 * 40) continue;
    const missed = random.chance(complete ? 0.006 : dose.product.startsWith('influenza') ? 0.4 : 0.1);
    if (missed) {
      if (random.chance(0.1)) writeImmunization(chart, dose.product, { day, refused: 'declined' });
      continue;
    }
    const visit = visits.find((each) => Math.abs(each.day - day) <= 15);
    writeImmunization(chart, dose.product, {
      day: visit?.day ?? day,
      encounter: visit?.ref,
      dose: dose.number,
      historical: visit === undefined && random.chance(0.5),
    });
  }
}

function childDoses(story: Story): Dose[] {
  const { random, person } = story.chart;
  const combination = random.weighted([
    { product: '', covers: [] as string[], weight: 55 },
    { product: 'dtap-hepb-ipv', covers: ['hepb', 'ipv'], weight: 25 },
    { product: 'dtap-hib-ipv', covers: ['hib', 'ipv'], weight: 20 },
  ]);
  const doses: Dose[] = [];
  for (const series of vaccines.childSchedule) {
    const alternative = 'alternative' in series && random.chance(0.3) ? series.alternative : undefined;
    const { ages, products } = alternative ?? series;
    ages.forEach((days, index) => {
      const primary = days >= 40 && days < 280;
      if (combination.covers.includes(series.antigen) && primary) return;
      const product =
        series.antigen === 'dtap' && combination.product !== '' && index < 3
          ? combination.product
          : random.pick(products);
      doses.push({ day: person.birth + days, product, number: index + 1 });
    });
  }
  return doses.sort((left, right) => left.day - right.day);
}

/** Vaccines of school children and adults, given at visits or, for influenza, elsewhere too. */
export function writeLaterImmunizations(story: Story, visit: Visit): void {
  const { chart, health } = story;
  const { random } = chart;
  const years = age(story, visit.day);
  if (years < 3) return;
  const once = (service: string, product: string, probability: number, afterDays = Infinity): void => {
    const last = story.lastDone.get(service);
    if (last !== undefined && visit.day - last < afterDays) return;
    if (!random.chance(probability)) return;
    writeImmunization(chart, product, { day: visit.day, encounter: visit.ref });
    story.lastDone.set(service, visit.day);
  };
  if (years >= 11 && years < 14) {
    once('tdap', 'tdap', 0.7);
    once('meningococcal', 'meningococcal', 0.65);
    once('hpv-vaccine', 'hpv-vaccine', 0.5, 180);
  }
  if (years >= 19) once('tdap', 'tdap', 0.06, 3650);
  if (years >= 50) once('zoster', 'zoster', 0.07, 75);
  if (years >= 65) once('pneumococcal', random.chance(0.7) ? 'pcv20' : 'ppsv23', 0.16);
  const season = yearOf(visit.day);
  const autumn = visit.day >= dayOf(`${season}-09-01`);
  const service = `influenza-${season}`;
  if (autumn && !story.lastDone.has(service) && health.adheres.influenza && random.chance(0.8)) {
    writeImmunization(chart, years >= 65 && random.chance(0.6) ? 'influenza-high-dose' : 'influenza', {
      day: visit.day,
      encounter: visit.ref,
    });
    story.lastDone.set(service, visit.day);
  }
}
