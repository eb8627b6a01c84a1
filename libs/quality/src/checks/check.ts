export type Severity = 'error' | 'warning' | 'info';

export type CheckClass =
  'structure' | 'completeness' | 'plausibility' | 'units' | 'references' | 'duplicates' | 'feed';

/** What the rows of one typed table are asked for. */
export interface Check {
  /** Kebab-case, the same for every type that it is asked of. */
  id: string;
  class: CheckClass;
  severity: Severity;
  /** Resource type. */
  type: string;
  /** Words for people: `date`, `value`. */
  element: string;
  /** Top-level properties that it reads: it matters to measures that read one of them; none: to everybody. */
  properties: readonly string[];
  /** What is wrong, after "36 % of the blood pressures": `have no date`. */
  sentence: string;
  /** SQL that selects `rid, pid` of the rows that have it wrong. */
  faults: string;
  /** What decides besides the rows of the same patient: the instant of the data, or what resources there are. */
  restsOn?: 'instant' | 'registry';
}
