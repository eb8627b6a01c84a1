import type { Day } from '../calendar';
import { hl7Concept } from '../concepts';
import { quantity, writeObservation } from '../record/observation';
import { writeReport, writeServiceRequest } from '../record/procedure';
import { age, has, isDue, type Story, type Visit } from './story';

const comparators = /"value":/;

/** Glomerular filtration rates of the stages of kidney disease, mL/min/1.73 m2; else stage 3. */
const usualRate: Record<string, number> = { 'ckd-2': 72, 'ckd-4': 22, 'ckd-5': 12, esrd: 9 };

/** Laboratory monitoring of chronic conditions, as due at this visit. */
export function writeLaboratory(story: Story, visit: Visit): void {
  const { health, chart } = story;
  const years = age(story, visit.day);
  if (years < 18) return;
  const diabetes = has(story, 'diabetes', visit.day);
  const kidney = has(story, 'ckd', visit.day);
  const cardiovascular =
    has(story, 'hypertension', visit.day) ||
    has(story, 'heart-failure', visit.day) ||
    has(story, 'ascvd', visit.day);

  if (diabetes && isDue(story, 'hba1c', 'hba1c', visit.day, 150, 0.06)) writeHba1c(story, visit);
  // Serum creatinine is part of a routine panel; the urine test is what is forgotten.
  if (
    (diabetes || kidney || cardiovascular) &&
    !recently(story, 'metabolic-panel', visit.day, 300) &&
    chart.random.chance(health.adheres.kidneyHealth ? 0.9 : 0.55)
  ) {
    writeMetabolicPanel(story, visit);
  }
  if ((diabetes || kidney) && isDue(story, 'kidneyHealth', 'urine-acr', visit.day, 300, 0.02))
    writeUrineAlbumin(story, visit);
  const lipids = diabetes || cardiovascular || has(story, 'hyperlipidemia', visit.day);
  if (!recently(story, 'lipids', visit.day, lipids ? 330 : 1100) && chart.random.chance(lipids ? 0.6 : 0.3))
    writeLipids(story, visit);
}

function recently(story: Story, service: string, day: Day, days: number): boolean {
  const last = story.lastDone.get(service);
  return last !== undefined && day - last < days;
}

function writeHba1c(story: Story, visit: Visit): void {
  const { chart, health } = story;
  const { random } = chart;
  const controlled = health.adheres.hba1cControlled;
  const value = Math.round((controlled ? random.normal(7, 0.55) : random.normal(10, 0.9)) * 10) / 10;
  const drawn = specimenDay(story, visit);
  if (drawn === undefined) return;
  const key = random.chance(0.9) ? 'hba1c' : 'hba1c-hplc';
  const order = random.chance(0.35)
    ? writeServiceRequest(chart, key, { day: visit.day, minute: visit.minute, encounter: visit.ref })
    : undefined;
  const result = writeObservation(chart, key, {
    category: 'laboratory',
    day: drawn,
    encounter: visit.ref,
    performer: story.directory.laboratory,
    value: random.chance(0.012) ? undefined : quantity(value, '%'),
    interpretation: value > 6.4 ? `[${hl7Concept('v3-ObservationInterpretation', 'H')}]` : undefined,
    referenceRange:
      '[{"high":{"value":5.6,"unit":"%","system":"http://unitsofmeasure.org","code":"%"},"text":"< 5.7"}]',
  });
  if (random.chance(0.5)) {
    writeReport(chart, key, {
      day: drawn,
      category: 'LAB',
      encounter: visit.ref,
      results: [result],
      basedOn: order,
      performer: story.directory.laboratory,
    });
  }
  if (random.chance(0.01)) {
    writeObservation(chart, key, {
      category: 'laboratory',
      day: drawn,
      encounter: visit.ref,
      status: 'entered-in-error',
      value: quantity(94, '%'),
    });
  }
  story.lastDone.set('hba1c', drawn);
}

function writeMetabolicPanel(story: Story, visit: Visit): void {
  const { chart } = story;
  const { random } = chart;
  const day = specimenDay(story, visit);
  if (day === undefined) return;
  const concept = story.problems.get('ckd')?.concept;
  const stage = usualRate[concept ?? ''] ?? 46;
  const egfr = Math.round(
    Math.max(
      5,
      has(story, 'ckd', visit.day) ? random.normal(stage, 5) : random.normal(92 - age(story, day) * 0.2, 8),
    ),
  );
  const lab = (key: string, value: number, unit: string, code?: string): string =>
    writeObservation(chart, key, {
      category: 'laboratory',
      day,
      encounter: visit.ref,
      performer: story.directory.laboratory,
      value: quantity(value, unit, code),
    });
  const creatinine = Math.round(9000 / Math.max(20, egfr)) / 100;
  const results = [lab('creatinine', creatinine, 'mg/dL'), estimatedRate(story, visit, day, egfr)];
  if (random.chance(0.5))
    results.push(lab('potassium', Math.round(random.normal(4.2, 0.3) * 10) / 10, 'mmol/L'));
  if (random.chance(0.5))
    results.push(
      lab('glucose', Math.round(random.normal(has(story, 'diabetes', day) ? 152 : 94, 9)), 'mg/dL'),
    );
  writeReport(chart, 'metabolic-panel', {
    day,
    category: 'LAB',
    encounter: visit.ref,
    results,
    performer: story.directory.laboratory,
  });
  story.lastDone.set('metabolic-panel', day);
}

function estimatedRate(story: Story, visit: Visit, day: Day, egfr: number): string {
  const above = egfr > 90 && story.chart.random.chance(0.4);
  const value = quantity(above ? 90 : egfr, 'mL/min/{1.73_m2}');
  return writeObservation(story.chart, story.chart.random.chance(0.85) ? 'egfr' : 'egfr-mdrd', {
    category: 'laboratory',
    day,
    encounter: visit.ref,
    performer: story.directory.laboratory,
    // Laboratories report high rates as "> 90".
    value: above ? value.replace(comparators, '"comparator":">","value":') : value,
  });
}

function writeUrineAlbumin(story: Story, visit: Visit): void {
  const { chart } = story;
  const { random } = chart;
  const day = specimenDay(story, visit);
  if (day === undefined) return;
  const diseased = has(story, 'ckd', visit.day);
  const lab = (key: string, value: number, unit: string): string =>
    writeObservation(chart, key, {
      category: 'laboratory',
      day,
      encounter: visit.ref,
      performer: story.directory.laboratory,
      value: quantity(value, unit),
    });
  const ratio = Math.round(Math.max(2, diseased ? random.normal(140, 45) : random.normal(16, 6)));
  const results = [lab(random.chance(0.7) ? 'urine-acr' : 'urine-acr-micro', ratio, 'mg/g')];
  if (random.chance(0.6))
    results.push(lab('urine-albumin', ratio, 'mg/L'), lab('urine-creatinine', 100, 'mg/dL'));
  if (random.chance(0.5))
    writeReport(chart, 'urine-panel', {
      day,
      category: 'LAB',
      encounter: visit.ref,
      results,
      performer: story.directory.laboratory,
    });
  story.lastDone.set('urine-acr', day);
}

function writeLipids(story: Story, visit: Visit): void {
  const { chart, health } = story;
  const { random } = chart;
  const day = specimenDay(story, visit);
  if (day === undefined) return;
  const high = has(story, 'hyperlipidemia', visit.day) && !health.adheres.statin;
  const ldl = Math.round(Math.max(35, random.normal(high ? 152 : 98, 19)));
  const lab = (key: string, value: number): string =>
    writeObservation(chart, key, {
      category: 'laboratory',
      day,
      encounter: visit.ref,
      performer: story.directory.laboratory,
      value: quantity(value, 'mg/dL'),
    });
  const hdl = Math.round(random.normal(50, 9));
  const results = [lab(random.chance(0.85) ? 'ldl' : 'ldl-direct', ldl), lab('hdl', hdl)];
  if (random.chance(0.6))
    results.push(
      lab('cholesterol', ldl + hdl + 28),
      lab('triglycerides', Math.round(Math.max(40, random.normal(140, 35)))),
    );
  writeReport(chart, 'lipid-panel', {
    day,
    category: 'LAB',
    encounter: visit.ref,
    results,
    performer: story.directory.laboratory,
  });
  story.lastDone.set('lipids', day);
}

/** The specimen is taken at the visit or within two weeks; undefined when the record ends before. */
function specimenDay(story: Story, visit: Visit): Day | undefined {
  const day = story.chart.random.chance(0.7) ? visit.day : visit.day + story.chart.random.between(1, 14);
  return day <= story.chart.lastDay ? day : undefined;
}
