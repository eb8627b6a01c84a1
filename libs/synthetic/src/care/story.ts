import type { Day } from '../calendar';
import { ageAt } from '../calendar';
import type { Chart } from '../chart';
import type { Directory } from '../directory';
import type { ConditionName, Health } from '../health';
import type { Frame } from '../person';
import type { Encounter } from '../record/encounter';

export type Care = keyof Health['adheres'];

/** One patient's life as it is being told: what is known so far, and what was done when. */
export interface Story {
  chart: Chart;
  directory: Directory;
  frame: Frame;
  health: Health;
  /** References of the Coverage in force, as JSON text. */
  coverage: string;
  /** Problem-list Conditions: reference and concept key. */
  problems: Map<ConditionName, { ref: string; concept: string; onset: Day }>;
  /** When something was last done; keys are names of services. */
  lastDone: Map<string, Day>;
  /** Way of screening that a person was put on; keys are names of services. */
  modality: Map<string, string>;
}

/** A visit that services are given at. */
export interface Visit extends Encounter {
  kind: string;
}

export function age(story: Story, day: Day): number {
  return ageAt(story.chart.person.birth, day);
}

/** Does the person have this problem on that day? */
export function has(story: Story, name: ConditionName, day: Day): boolean {
  const problem = story.problems.get(name);
  return problem !== undefined && problem.onset <= day;
}

/**
 * Should this service be given now? Those who keep to it get it at most visits once the interval is over;
 * others seldom.
 */
export function isDue(
  story: Story,
  care: Care,
  service: string,
  day: Day,
  intervalDays: number,
  seldom = 0.03,
): boolean {
  const last = story.lastDone.get(service);
  if (last !== undefined && day - last < intervalDays) return false;
  return story.chart.random.chance(story.health.adheres[care] ? 0.92 : seldom);
}
