import type { Day } from '../calendar';
import { writeCondition } from '../record/condition';
import { writeDevice, writeDeviceRequest } from '../record/coordination';
import { beginEncounter, writeEncounter } from '../record/encounter';
import { coded, writeObservation } from '../record/observation';
import { writeProcedure, writeServiceRequest } from '../record/procedure';
import { age, has, type Story } from './story';

/** Hospice, palliative care and frailty: recorded in the many ways in which sources record them. */
export function writeSeriousIllness(story: Story): void {
  const { chart } = story;
  const { random, person } = chart;
  const years = age(story, chart.lastDay);
  const dying = person.death !== undefined && years >= 50;
  const hospice = dying ? 0.45 : years >= 80 ? 0.035 : years >= 65 ? 0.012 : years >= 30 ? 0.001 : 0.0002;
  if (random.chance(hospice))
    writeHospice(story, Math.max(person.birth, chart.lastDay - random.between(3, 160)));
  if (random.chance(dying ? 0.25 : years >= 66 ? 0.02 : 0.001))
    writePalliativeCare(story, Math.max(person.birth, chart.lastDay - random.between(5, 300)));
  if (has(story, 'frailty', chart.lastDay)) writeFrailty(story);
}

function writeHospice(story: Story, day: Day): void {
  const { chart, directory } = story;
  switch (chart.random.between(0, 6)) {
    case 0:
    case 1: {
      const encounter = beginEncounter(chart, day, 'HH');
      const type = chart.random.pick([
        'hospice-admission',
        'hospice-admission',
        'hospice-facility',
        'hospice-urgent',
      ]);
      writeEncounter(chart, encounter, {
        types: [type],
        class: 'HH',
        minutes: 60,
        serviceProvider: directory.hospice,
      });
      return;
    }
    case 2: {
      const encounter = beginEncounter(
        chart,
        Math.max(chart.person.birth, day - 4),
        'IMP',
        directory.specialists['Hospital medicine'],
      );
      const discharge = chart.random.chance(0.6) ? 'discharge-hospice-home' : 'discharge-hospice-facility';
      writeEncounter(chart, encounter, {
        types: ['inpatient'],
        class: 'IMP',
        minutes: 4 * 1440,
        discharge,
        location: directory.hospital.locationRef,
        serviceProvider: directory.hospital.ref,
      });
      return;
    }
    case 3:
      writeServiceRequest(chart, 'hospice-care', { day, status: chart.random.pick(['active', 'completed']) });
      return;
    case 4:
      writeProcedure(chart, 'hospice-care', { day, performer: directory.hospice });
      return;
    case 5:
      writeCondition(chart, 'hospice-status', { category: 'problem-list-item', onset: day });
      return;
    default:
      writeObservation(chart, 'hospice-mds', { category: 'survey', day, value: coded('yes') });
  }
}

function writePalliativeCare(story: Story, day: Day): void {
  const { chart } = story;
  switch (chart.random.between(0, 3)) {
    case 0: {
      const encounter = beginEncounter(chart, day, 'AMB');
      writeEncounter(chart, encounter, {
        types: [chart.random.pick(['palliative', 'palliative-physician'])],
        class: 'AMB',
        minutes: 50,
      });
      return;
    }
    case 1:
      writeProcedure(chart, 'palliative-regime', { day });
      return;
    case 2:
      writeCondition(chart, 'palliative-care', { category: 'encounter-diagnosis', onset: day });
      return;
    default:
      writeObservation(chart, 'palliative-assessment', {
        category: 'survey',
        day,
        value: '"valueInteger":98',
      });
  }
}

function writeFrailty(story: Story): void {
  const { chart } = story;
  const { random } = chart;
  const signs = random.between(1, 4);
  for (let number = 0; number < signs; number++) {
    const day = Math.max(chart.person.birth, chart.lastDay - random.between(5, 420));
    switch (random.between(0, 4)) {
      case 0:
        writeCondition(chart, random.pick(['weakness', 'difficulty-walking', 'reduced-mobility']), {
          category: 'encounter-diagnosis',
          onset: day,
        });
        break;
      case 1: {
        const encounter = beginEncounter(chart, day, 'AMB');
        writeEncounter(chart, encounter, { types: ['office'], class: 'AMB' });
        writeDeviceRequest(chart, random.pick(['wheelchair', 'walker', 'cane']), day, encounter.ref);
        break;
      }
      case 2:
        writeDevice(chart, random.pick(['wheelchair', 'walker', 'cane']), day);
        break;
      case 3:
        writeObservation(chart, 'equipment-used', {
          category: 'survey',
          day,
          value: coded(random.pick(['wheelchair', 'walker'])),
        });
        break;
      default:
        writeCondition(chart, 'frailty', { category: 'encounter-diagnosis', onset: day });
    }
  }
}
