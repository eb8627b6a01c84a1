import { quantity, writeBloodPressure, writeObservation } from '../record/observation';
import { age, has, type Story, type Visit } from './story';

/** Blood pressure, weight, body-mass index, pulse: at visits in person; of telehealth visits sometimes home values. */
export function writeVitals(story: Story, visit: Visit): void {
  const { chart, health } = story;
  const { random } = chart;
  const years = age(story, visit.day);
  const seen = visit.class === 'AMB' || visit.class === 'HH' || random.chance(0.15);
  if (!seen) return;
  const at = { day: visit.day, minute: visit.minute + 5, encounter: visit.ref };
  if (years >= 3 && random.chance(0.95)) {
    const treated = has(story, 'hypertension', visit.day);
    const controlled = !treated || health.adheres.bloodPressureControlled;
    const systolic = Math.round(
      years < 18
        ? random.normal(104, 6)
        : random.normal(treated ? (controlled ? 127 : 147) : 118, controlled ? 6 : 8),
    );
    const diastolic = Math.round(years < 18 ? random.normal(64, 5) : random.normal(controlled ? 76 : 87, 5));
    const wrong = random.chance(0.004);
    writeBloodPressure(chart, wrong ? 999 : systolic, random.chance(0.006) ? undefined : diastolic, {
      ...at,
      status: wrong ? 'entered-in-error' : undefined,
    });
    // A high first reading is often repeated.
    if (systolic >= 140 && random.chance(0.3)) {
      writeBloodPressure(chart, systolic - random.between(2, 12), diastolic - random.between(0, 5), {
        ...at,
        minute: visit.minute + 14,
      });
    }
  }
  const height = years < 18 ? 50 + years * 6.8 : chart.person.sex === 'female' ? 163 : 176;
  const bmi = years < 18 ? 17 + years * 0.2 : Math.round(random.normal(health.bmi, 0.5) * 10) / 10;
  const weight = Math.round((bmi * height * height) / 1000) / 10;
  if (random.chance(0.72)) {
    writeObservation(chart, 'weight', { ...at, category: 'vital-signs', value: quantity(weight, 'kg') });
    if (random.chance(years < 18 ? 0.7 : 0.55)) {
      writeObservation(chart, 'bmi', { ...at, category: 'vital-signs', value: quantity(bmi, 'kg/m2') });
    }
  }
  if (years < 18 && random.chance(0.8)) {
    writeObservation(chart, 'height', {
      ...at,
      category: 'vital-signs',
      value: quantity(Math.round(height), 'cm'),
    });
  }
  if (random.chance(0.25)) {
    const pulse = Math.round(random.normal(74, 8));
    writeObservation(chart, 'heart-rate', { ...at, category: 'vital-signs', value: quantity(pulse, '/min') });
  }
}
