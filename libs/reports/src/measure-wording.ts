import type { MeasureDefinition } from './scorecard-report';

/** What may be said about the origin of a measure's logic. */
export function originText(measure: MeasureDefinition): string {
  return measure.origin === 'starter'
    ? 'Catchment starter measure, written from public guidelines.'
    : `Implements the logic of ${measure.title} (${measure.name} version ${measure.version}).`;
}

/** `higher is better` or `lower is better`. */
export function directionText(measure: Pick<MeasureDefinition, 'improvementNotation'>): string {
  return measure.improvementNotation === 'increase' ? 'higher is better' : 'lower is better';
}
