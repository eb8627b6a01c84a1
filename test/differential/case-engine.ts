import type { ElmLibrary } from '@catchment/elm';
import { Diagnostic } from '@catchment/platform';
import type { Measure, ValueSet } from 'fhir/r4';
import { CompiledSqlEngine } from './compiled-sql-engine';
import {
  CqlExecutionEngine,
  type LibraryName,
  type PatientDefines,
  type PatientRecord,
} from './cql-execution-engine';
import type { DefineValue } from './define-value';
import { applyDependency } from './populations';
import type { Expected } from './starter-content';

/** Counts by group id and population code. */
export type Populations = Record<string, Record<string, number>>;

/** What a case came to: its populations, or why the engine could not tell. */
export type CaseOutcome = { populations: Populations } | { failure: string };

/** Something that evaluates a measure for patients, each alone: the same cases run on every engine. */
export interface CaseEngine {
  /** One outcome per patient, in their order. */
  evaluateCases(
    measure: Measure,
    period: readonly [start: string, end: string],
    patients: readonly PatientRecord[],
  ): Promise<CaseOutcome[]>;
}

/** Cases on cql-execution. */
export function cqlExecutionCases(
  libraries: readonly ElmLibrary[],
  valueSets: readonly ValueSet[],
): CaseEngine {
  return {
    async evaluateCases(measure, period, patients) {
      const run = [primaryLibrary(measure)];
      const engine = new CqlExecutionEngine({ libraries, run, valueSets, period });
      const outcomes: CaseOutcome[] = [];
      for (const patient of patients) outcomes.push(outcomeOf(measure, await engine.evaluate(patient)));
      return outcomes;
    },
  };
}

/** Cases on our SQL. */
export function compiledSqlCases(libraries: readonly ElmLibrary[]): CaseEngine {
  return {
    async evaluateCases(measure, period, patients) {
      const library = primaryLibrary(measure);
      const engine = await CompiledSqlEngine.open({ libraries, run: [library], period }, patients);
      try {
        return (await engine.evaluate(library.name)).map((defines) => outcomeOf(measure, defines));
      } finally {
        engine.close();
      }
    },
  };
}

/** Name and version of a measure's library, from its canonical. */
export function primaryLibrary(measure: Measure): LibraryName {
  const [url, version] = (measure.library?.[0] ?? '').split('|');
  const name = url?.split('/').at(-1);
  if (!name) throw new Diagnostic(`measure ${measure.id ?? '(no id)'} names no library`);
  return { name, version };
}

/** The expected counts of a case by group: the counts of a measure with one group stand without its name. */
export function expectedPopulations(measure: Measure, expected: Expected): Populations {
  const counts = Object.values(expected);
  if (counts.every((count) => typeof count === 'object')) return expected as Populations;
  const [group, another] = measure.group ?? [];
  if (!group?.id || another) {
    throw new Diagnostic(`a case of ${measure.id ?? '(no id)'} has to say which group its counts are for`);
  }
  return { [group.id]: expected as Record<string, number> };
}

function outcomeOf(measure: Measure, defines: PatientDefines): CaseOutcome {
  const library = primaryLibrary(measure).name;
  const populations: Populations = {};
  for (const group of measure.group ?? []) {
    const criteria = new Map<string, ReadonlySet<string>>();
    for (const population of group.population ?? []) {
      const code = population.code?.coding?.[0]?.code ?? '(no code)';
      const name = `${library}.${population.criteria.expression ?? ''}`;
      const value = defines.get(name);
      if (!value) throw new Diagnostic(`measure ${measure.id ?? ''}: there is no define ${name}`);
      if (value.kind === 'failed') return { failure: `${name}: ${value.message}` };
      criteria.set(code, membersOf(name, value));
    }
    const scoring = measure.scoring?.coding?.[0]?.code ?? '(none)';
    const counted = applyDependency(scoring, criteria);
    populations[group.id ?? ''] = Object.fromEntries(
      [...counted].map(([code, members]) => [code, members.size]),
    );
  }
  return { populations };
}

/** True is the subject; a list is its episodes; unknown is nobody. */
function membersOf(name: string, value: Exclude<DefineValue, { kind: 'failed' }>): ReadonlySet<string> {
  switch (value.kind) {
    case 'null':
      return new Set();
    case 'boolean':
      return new Set(value.value ? ['subject'] : []);
    case 'list':
      return new Set(value.items);
    case 'other':
      throw new Diagnostic(`${name} is neither a Boolean nor a list`);
  }
}
