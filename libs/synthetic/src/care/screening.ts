import type { Day } from '../calendar';
import { coded, quantity, writeObservation } from '../record/observation';
import { writeProcedure, writeReport, writeServiceRequest } from '../record/procedure';
import { age, isDue, type Story, type Visit } from './story';

interface Screening {
  service: string;
  care: 'mammography' | 'colorectal' | 'cervical';
  sex?: 'female';
  from: number;
  to: number;
}

const screenings: Screening[] = [
  { service: 'mammogram', care: 'mammography', sex: 'female', from: 40, to: 74 },
  { service: 'colorectal', care: 'colorectal', from: 45, to: 75 },
  { service: 'cervical', care: 'cervical', sex: 'female', from: 21, to: 64 },
];

/** How often each way of screening is repeated, in days. */
const intervals: Record<string, number> = {
  mammogram: 400,
  colonoscopy: 3500,
  sigmoidoscopy: 1750,
  'ct-colonography': 1750,
  'fit-dna': 1060,
  fit: 320,
  cytology: 1000,
  'co-testing': 1700,
  hpv: 1700,
};

/** What was done before visits are recorded in detail: the last screening, if there was one. */
export function writePastScreenings(story: Story): void {
  const { chart, frame, health } = story;
  for (const screening of screenings) {
    if (!applies(story, screening)) continue;
    const way = wayOf(story, screening, frame.detailedFrom);
    const interval = intervals[way] ?? 365;
    const day = frame.detailedFrom - chart.random.between(1, interval);
    const years = age(story, day);
    const done = health.adheres[screening.care] || chart.random.chance(0.1);
    if (!done || years < screening.from || years > screening.to || !chart.covers(day)) continue;
    writeResult(story, screening, way, day, undefined);
  }
}

/** Orders the cancer screenings that are due at this visit; results follow in the next weeks. */
export function writeScreenings(story: Story, visit: Visit): void {
  const { chart } = story;
  const { random } = chart;
  for (const screening of screenings) {
    const years = age(story, visit.day);
    if (!applies(story, screening) || years < screening.from || years > screening.to) continue;
    const way = wayOf(story, screening, visit.day);
    if (!isDue(story, screening.care, screening.service, visit.day, intervals[way] ?? 365, 0.025)) {
      const open = !story.lastDone.has(screening.service);
      if (open && random.chance(0.01)) refuse(story, visit, screening, way);
      continue;
    }
    const sameDay = screening.service === 'cervical';
    const day = sameDay ? visit.day : visit.day + random.between(2, way === 'colonoscopy' ? 60 : 30);
    if (day > chart.lastDay) continue;
    const order = random.chance(0.5)
      ? writeServiceRequest(chart, orderOf(way), {
          day: visit.day,
          minute: visit.minute,
          encounter: visit.ref,
        })
      : undefined;
    writeResult(story, screening, way, day, sameDay ? visit.ref : undefined, order);
  }
}

function applies(story: Story, screening: Screening): boolean {
  return screening.sex === undefined || story.chart.person.sex === screening.sex;
}

function wayOf(story: Story, screening: Screening, day: Day): string {
  if (screening.service === 'mammogram') return 'mammogram';
  if (screening.service === 'cervical' && age(story, day) < 30) return 'cytology';
  const known = story.modality.get(screening.service);
  if (known !== undefined) return known;
  const roll = story.chart.random.next();
  const way =
    screening.service === 'cervical'
      ? roll < 0.5
        ? 'cytology'
        : roll < 0.9
          ? 'co-testing'
          : 'hpv'
      : roll < 0.58
        ? 'colonoscopy'
        : roll < 0.86
          ? 'fit'
          : roll < 0.95
            ? 'fit-dna'
            : roll < 0.98
              ? 'sigmoidoscopy'
              : 'ct-colonography';
  story.modality.set(screening.service, way);
  return way;
}

/** The concept that is ordered. */
function orderOf(way: string): string {
  return way === 'co-testing' ? 'hpv' : way;
}

function refuse(story: Story, visit: Visit, screening: Screening, way: string): void {
  const { chart } = story;
  if (way === 'colonoscopy' || way === 'sigmoidoscopy') {
    writeProcedure(chart, way, {
      day: visit.day,
      status: 'not-done',
      statusReason: 'declined',
      encounter: visit.ref,
    });
  } else {
    writeServiceRequest(chart, orderOf(way), {
      day: visit.day,
      encounter: visit.ref,
      doNotPerform: 'declined',
    });
  }
}

function writeResult(
  story: Story,
  screening: Screening,
  way: string,
  day: Day,
  encounter?: string,
  basedOn?: string,
): void {
  const { chart, directory } = story;
  const { random } = chart;
  story.lastDone.set(screening.service, day);
  const old = day < story.frame.detailedFrom;
  switch (way) {
    case 'colonoscopy':
    case 'sigmoidoscopy':
      writeProcedure(chart, way, {
        day,
        encounter,
        basedOn,
        minutes: 45,
        vague: old && random.chance(0.4),
        performer: directory.specialists.Gastroenterology!.ref,
      });
      return;
    case 'mammogram': {
      const key = random.chance(0.93) ? 'mammogram' : 'mammogram-diagnostic';
      const finding = writeObservation(chart, key, {
        category: 'imaging',
        day,
        encounter,
        performer: directory.imaging,
        value: coded('negative'),
      });
      if (random.chance(0.75))
        writeReport(chart, key, {
          day,
          category: 'RAD',
          encounter,
          results: [finding],
          basedOn,
          performer: directory.imaging,
        });
      if (random.chance(0.2))
        writeProcedure(chart, 'mammography', { day, encounter, performer: directory.imaging });
      return;
    }
    case 'ct-colonography': {
      const finding = writeObservation(chart, way, {
        category: 'imaging',
        day,
        performer: directory.imaging,
        value: coded('negative'),
      });
      writeReport(chart, way, {
        day,
        category: 'RAD',
        results: [finding],
        basedOn,
        performer: directory.imaging,
      });
      return;
    }
    case 'fit':
    case 'fit-dna': {
      const roll = random.next();
      const key = way !== 'fit' || roll >= 0.45 ? way : roll < 0.4 ? 'fit-single' : 'fit-quantitative';
      const finding = random.chance(0.06) ? 'positive' : 'negative';
      // A returned kit that could not be tested has no value.
      const value = random.chance(0.02)
        ? undefined
        : key === 'fit-quantitative'
          ? quantity(12, 'ng/mL')
          : coded(finding);
      writeObservation(chart, key, { category: 'laboratory', day, performer: directory.laboratory, value });
      return;
    }
    default:
      writeCervical(story, way, day, encounter, basedOn);
  }
}

function writeCervical(story: Story, way: string, day: Day, encounter?: string, basedOn?: string): void {
  const { chart, directory } = story;
  const { random } = chart;
  const results: string[] = [];
  if (way !== 'hpv') {
    const key = random.chance(0.6) ? 'cytology' : 'cytology-thin-prep';
    results.push(
      writeObservation(chart, key, {
        category: 'laboratory',
        day,
        encounter,
        performer: directory.laboratory,
        value: coded('cytology-normal'),
      }),
    );
  }
  if (way !== 'cytology') {
    const key = random.chance(0.5) ? 'hpv' : 'hpv-amplified';
    const finding = random.chance(0.08) ? 'detected' : 'not-detected';
    results.push(
      writeObservation(chart, key, {
        category: 'laboratory',
        day,
        encounter,
        performer: directory.laboratory,
        value: coded(finding),
      }),
    );
  }
  if (random.chance(0.4)) {
    writeReport(chart, way === 'hpv' ? 'hpv' : 'cytology', {
      day,
      category: 'PAT',
      encounter,
      results,
      basedOn,
      performer: directory.laboratory,
    });
  }
}
