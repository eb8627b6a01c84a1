import { addYears, instant, isoDate, type Day } from './calendar';
import type { Concept } from './concepts';
import type { NdjsonOutput } from './ndjson-output';
import type { Person } from './person';
import type { Random } from './random';

/** What is known of one patient while the record is written, and the way resources of the record get written. */
export class Chart {
  private sequence = 0;
  readonly subject: string;

  constructor(
    private readonly output: NdjsonOutput,
    readonly random: Random,
    readonly person: Person,
    /** The last day of which anything can be in the record: the data's as-of day, or the day of death. */
    readonly lastDay: Day,
    /** From this day on every visit is recorded; before it only what look-backs need. */
    readonly detailedFrom: Day,
  ) {
    this.subject = reference('Patient', person.id);
  }

  /** Was this day inside the record? */
  covers(day: Day): boolean {
    return day >= this.person.birth && day <= this.lastDay;
  }

  nextId(): string {
    return `${this.person.key}-${(++this.sequence).toString(36)}`;
  }

  /**
   * Writes one resource and returns its id.
   * @param body the members after `meta`, as JSON text without braces
   * @param day when it was last updated
   */
  write(type: string, profile: string, body: string, day: Day, id = this.nextId()): string {
    this.output.add(
      type,
      `{"resourceType":"${type}","id":"${id}","meta":{"versionId":"1","lastUpdated":"${instant(day, 1230)}",` +
        `"profile":["${profile}"]},${body}}`,
    );
    return id;
  }

  /** The concept with all its codings, or now and then only with the first: no source codes evenly. */
  coded(concept: Concept): string {
    return this.random.chance(0.82) ? concept.full : concept.brief;
  }

  /** A moment of a visit; some sources know the day only. */
  moment(day: Day, minute: number, dateOnly = 0.04): string {
    return this.random.chance(dateOnly) ? isoDate(day) : instant(day, minute);
  }

  /** The date of something that happened long ago: a day, a month or a year. */
  vagueDate(day: Day): string {
    const roll = this.random.next();
    const date = isoDate(day);
    if (roll < 0.06) return date.slice(0, 4);
    return roll < 0.14 ? date.slice(0, 7) : date;
  }

  /** The person's birthday of that age. */
  birthday(age: number): Day {
    return addYears(this.person.birth, age);
  }
}

/** A Reference as JSON text. */
export function reference(type: string, id: string, display?: string): string {
  const shown = display === undefined ? '' : `,"display":${JSON.stringify(display)}`;
  return `{"reference":"${type}/${id}"${shown}}`;
}

/** `,"name":value`, or nothing when there is no value. */
export function optional(name: string, json: string | undefined): string {
  return json === undefined ? '' : `,"${name}":${json}`;
}

export const usCore = (profile: string): string =>
  `http://hl7.org/fhir/us/core/StructureDefinition/us-core-${profile}`;
export const qiCore = (profile: string): string =>
  `http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-${profile}`;
export const baseProfile = (type: string): string => `http://hl7.org/fhir/StructureDefinition/${type}`;
