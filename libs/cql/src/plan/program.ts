import type { Demand } from '@catchment/fhir';
import type { Block } from './block';
import type { NumberedCodeSet } from './code-set';

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

/** Where the result of one define is found after its table was made. */
export interface DefineOutput {
  library: string;
  version?: string;
  define: string;
  /** `rows`: a list, one row per element; `constant`: the same for every patient; `other`: not Boolean, not a list. */
  kind: 'boolean' | 'rows' | 'other' | 'constant';
  /** Quoted name of the temp table; it has a column `pid INTEGER`. Absent for a constant. */
  table?: string;
  /**
   * `boolean`: quoted column, true / false / null. `other`: quoted BOOLEAN column, "is there a value" (a list that is
   * held in one value: "has it an element"). `constant`: SQL literal of a Boolean or null.
   */
  value?: string;
  /** `rows` of resources: quoted column with the resource number (BIGINT). */
  rid?: string;
  /** `rows` of resources: their type, when they are of one type. */
  resourceType?: string;
}

/** A function applied to every row of a list define (measure observations): table `(pid, rid, value)`. */
export interface ObservationOutput {
  function: string;
  define: string;
  /** Quoted name of the temp table. */
  table: string;
  pid: string;
  rid?: string;
  /** Quoted column, numeric. */
  value: string;
}

/** SQL that makes a temp table. */
export interface Statement {
  /** Name of the table. */
  name: string;
  sql: string;
  /**
   * Equal for tables of equal content, for the same data and binding: of programs that number their code sets alike, and
   * whose statements that this one reads from are equal as well.
   */
  fingerprint: string;
}

/** A compiled set of defines: everything that binding, running and explaining need. */
export interface Program {
  /** In the order in which they can be computed. */
  tables: DefineTable[];
  /** In the order in which they can be run; each makes the temp table of one define. */
  statements: Statement[];
  /** Run after the code sets were bound, before the statements. */
  preparations: string[];
  /** What the retrieves and tests of membership name. */
  codeSets: NumberedCodeSet[];
  demand: Demand;
  /** Of every define that was compiled, also those that the asked ones refer to, by `Library.define`. */
  outputs: Map<string, DefineOutput>;
  /** By `function of define`. */
  observations: Map<string, ObservationOutput>;
}
