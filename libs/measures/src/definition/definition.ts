/** What a FHIR Measure says, in the words of the glossary: what `readDefinition` makes of the resource. */

export const scorings = ['proportion', 'ratio', 'continuous-variable', 'cohort'] as const;
export type Scoring = (typeof scorings)[number];

/** Population codes that a define decides; measure observations have a shape of their own. */
export const populationCodes = [
  'initial-population',
  'denominator',
  'denominator-exclusion',
  'denominator-exception',
  'numerator',
  'numerator-exclusion',
  'measure-population',
  'measure-population-exclusion',
] as const;
export type PopulationCode = (typeof populationCodes)[number];

export const aggregateMethods = ['sum', 'average', 'median', 'minimum', 'maximum', 'count'] as const;
export type AggregateMethod = (typeof aggregateMethods)[number];

export type ImprovementNotation = 'increase' | 'decrease';

export interface MeasureDefinition {
  /** `Measure.id`, else its name. */
  id: string;
  /** `Measure.url` without a version. */
  canonical: string;
  version: string;
  name: string;
  title: string;
  /** Name of the primary library, and its version where the Measure pins one. */
  library: string;
  libraryVersion?: string;
  groups: GroupDefinition[];
  supplementalData: SupplementalDataDefinition[];
  /** What was read leniently, for the person who imports the measure. */
  warnings: string[];
}

export interface GroupDefinition {
  id: string;
  title?: string;
  scoring: Scoring;
  /** `boolean`: one result per subject; a resource type: one result per resource (episode). */
  populationBasis: string;
  improvementNotation: ImprovementNotation;
  populations: PopulationDefinition[];
  observations: ObservationDefinition[];
  stratifiers: StratifierDefinition[];
}

export interface PopulationDefinition {
  id: string;
  code: PopulationCode;
  /** Name of the define of the primary library. */
  define: string;
  /** The initial population that it draws from, in a ratio with several: id of that population. */
  drawsFrom?: string;
}

export interface ObservationDefinition {
  id: string;
  /** Name of a function of the primary library, of one operand: an element of the observed population. */
  function: string;
  aggregateMethod: AggregateMethod;
  /** Code of the population whose members are observed. */
  of: 'denominator' | 'numerator' | 'measure-population';
}

export interface StratifierDefinition {
  id: string;
  define: string;
  /** Populations that are reported by stratum; absent: all of the group. */
  appliesTo?: PopulationCode[];
}

export interface SupplementalDataDefinition {
  id: string;
  define: string;
  usage: 'supplemental-data' | 'risk-adjustment-factor';
}
