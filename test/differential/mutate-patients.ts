import type { FhirResource } from 'fhir/r4';
import type { PatientRecord } from './cql-execution-engine';

type Json = Record<string, unknown>;
type Random = () => number;

/** Boundaries of the measurement period 2026, and partial and offset forms around them. */
const dateTimes = [
  '2025-12-31',
  '2025-12-31T23:59:59.999Z',
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:30:00+01:00',
  '2025-12-31T20:00:00-05:00',
  '2026',
  '2026-02',
  '2026-02-28',
  '2024-02-29',
  '2026-12-31T23:59:59.999Z',
  '2027-01-01T00:00:00Z',
  '2027',
];
const units = ['%', 'mg/dL', 'g/L', 'mmol/L', 'mm[Hg]', 'kPa', 'mL/min/{1.73_m2}', '1', 'mmHg'];
const statuses = [
  'entered-in-error',
  'not-done',
  'cancelled',
  'preliminary',
  'final',
  'completed',
  'active',
  'finished',
];
/** Elements without which a resource is nobody's, or has no place of its own. */
const kept = new Set(['resourceType', 'id', 'meta', 'subject', 'patient', 'beneficiary']);
/** Instants: FHIR wants them complete. */
const instants = new Set(['issued', 'lastUpdated', 'recorded']);

/**
 * Copies of patients that real data could be: in some resources a date is moved to a boundary, made partial or given
 * an offset, a code or unit is another's, an element is missing, a status or `doNotPerform` turns it around, or the
 * whole resource stands twice. The same for the same seed.
 */
export function mutatePatients(patients: readonly PatientRecord[], seed: number): PatientRecord[] {
  const random = generator(seed);
  const codings = patients.flatMap(({ resources }) => resources.flatMap((resource) => codingsOf(resource)));
  return patients.map(({ id, resources }) => ({
    id,
    resources: resources.flatMap((resource) => {
      const copy = structuredClone(resource);
      if (random() < 0.5) return [copy];
      mutate(copy as unknown as Json, codings, random);
      if (copy.resourceType === 'Patient' || random() > 0.05) return [copy];
      return [copy, { ...structuredClone(copy), id: `${copy.id}-again` }];
    }),
  }));
}

function mutate(resource: Json, codings: readonly Json[], random: Random): void {
  const places = placesOf(resource);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  switch (Math.floor(random() * 6)) {
    case 0:
    case 1: {
      const place = pick(places.filter(({ key, value }) => !instants.has(key) && isDate(value)));
      if (place) place.owner[place.key] = redated(String(place.value), place.key, pick(dateTimes)!, random);
      return;
    }
    case 2: {
      const place = pick(
        places.filter(({ owner, key }) => key === 'code' && typeof owner.system === 'string'),
      );
      const coding = pick(codings);
      if (place && coding) Object.assign(place.owner, coding);
      return;
    }
    case 3: {
      const place = pick(
        places.filter(({ owner, key }) => key === 'value' && typeof owner.unit === 'string'),
      );
      if (!place) return;
      const unit = pick(units)!;
      Object.assign(
        place.owner,
        random() < 0.3 ? { unit, code: undefined, system: undefined } : { unit, code: unit },
      );
      if (random() < 0.2) delete place.owner.value;
      return;
    }
    case 4: {
      const key = pick(Object.keys(resource).filter((name) => !kept.has(name)));
      if (key) delete resource[key];
      return;
    }
    default:
      if (typeof resource.status === 'string') resource.status = pick(statuses);
      if (/^(Medication|Service)Request$/.test(String(resource.resourceType))) {
        resource.doNotPerform = random() < 0.5;
      }
  }
}

/** Another date, or the same one made partial; a `date` element stays without a time. */
function redated(text: string, key: string, other: string, random: Random): string {
  const choice = random();
  if (choice < 0.2) return text.slice(0, 4);
  if (choice < 0.4) return text.slice(0, 7);
  if (choice < 0.5) return text.slice(0, 10);
  return key === 'birthDate' || !text.includes('T') ? other.slice(0, 10) : other;
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}/.test(value);
}

/** Every value below a resource that is no object, with the object that holds it. */
function placesOf(value: unknown): { owner: Json; key: string; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Json).flatMap(([key, held]) => {
    const below = placesOf(held);
    return Array.isArray(value) || typeof held === 'object'
      ? below
      : [{ owner: value as Json, key, value: held }];
  });
}

function codingsOf(resource: FhirResource): Json[] {
  return placesOf(resource).flatMap(({ owner, key }) =>
    key === 'code' && typeof owner.system === 'string' && owner.value === undefined
      ? [{ system: owner.system, code: owner.code }]
      : [],
  );
}

/** Mulberry32: numbers from 0 up to 1, the same for the same seed. */
function generator(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
