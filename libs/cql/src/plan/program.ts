import type { Demand } from '@catchment/fhir';
import type { Block } from './block';
import type { CodeSet } from './code-set';

/** One define as a temp table: one row per element of a list define, one row per patient otherwise. */
export interface DefineTable {
  /** Name of the temp table. */
  name: string;
  library: string;
  version?: string;
  define: string;
  /** `list`: rows `(pid, …)`, several a patient; `patient`: one row per patient. */
  grain: 'list' | 'patient';
  block: Block;
}

/** A lowered measure or library: everything that printing, binding and running need. */
export interface Program {
  /** In the order in which they can be computed. */
  tables: DefineTable[];
  codeSets: Map<string, CodeSet>;
  demand: Demand;
}
