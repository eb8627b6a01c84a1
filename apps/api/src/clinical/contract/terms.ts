/** How a measure group is scored (FHIR measure-scoring). */
export type Scoring = 'proportion' | 'ratio' | 'continuous-variable' | 'cohort';

export type ImprovementNotation = 'increase' | 'decrease';

export type GapStatus = 'open-gap' | 'closed-gap' | 'prospective-gap' | 'not-applicable';

export type GapReason =
  | 'NotFound'
  | 'Missing'
  | 'Present'
  | 'InvalidAttribute'
  | 'DateInRange'
  | 'DateOutOfRange'
  | 'ValueInRange'
  | 'ValueOutOfRange'
  | 'CountInRange'
  | 'CountOutOfRange';

/** What a person is doing about a gap; computed status and work status are never one column. */
export type WorkStatus =
  | 'new'
  | 'attempted'
  | 'reached'
  | 'scheduled'
  | 'ordered'
  | 'declined'
  | 'done-elsewhere-requested'
  | 'snoozed'
  | 'not-our-patient';

/** FHIR population codes. */
export type PopulationCode =
  | 'initial-population'
  | 'denominator'
  | 'denominator-exclusion'
  | 'denominator-exception'
  | 'numerator'
  | 'numerator-exclusion'
  | 'measure-population'
  | 'measure-population-exclusion';

/** Every number that links to a list: FHIR populations, the two terms of the rate, and the gaps. */
export type ListedPopulation =
  PopulationCode | 'performance-denominator' | 'performance-numerator' | 'open-gap' | 'closed-gap';
