import type { ElmLibrary } from '@catchment/elm';
import { Defect, Diagnostic } from '@catchment/platform';
import {
  CodeService,
  DateTime,
  Expression,
  Interval,
  Library,
  PatientContext,
  Repository,
  type PatientObject,
} from 'cql-execution';
import { PatientSource } from 'cql-exec-fhir';
import type { FhirResource, ValueSet } from 'fhir/r4';
import { patientObject } from './patient-object';
import { defineValue, failedValue, type DefineValue } from './define-value';

/** One patient and everything about this patient, whatever the references say. */
export interface PatientRecord {
  id: string;
  resources: readonly FhirResource[];
}

/** Every define of the main library and of its includes, by `Library.define`. */
export type PatientDefines = ReadonlyMap<string, DefineValue>;

/** A library by name; without version, any one of that name. */
export interface LibraryName {
  name: string;
  version?: string;
}

export interface EngineRequest {
  /** The ELM of the libraries to run and of everything that they include. */
  libraries: readonly ElmLibrary[];
  run: readonly LibraryName[];
  valueSets: readonly ValueSet[];
  /** Days, both inclusive; the period is whole days in UTC. */
  period: readonly [start: string, end: string];
}

/**
 * The second engine: cql-execution over cql-exec-fhir, an interpreter that shares no code with ours.
 * Each patient runs alone and each define is caught alone, so that a unit which the interpreter refuses fails the
 * defines that read it and nothing else.
 */
export class CqlExecutionEngine {
  private readonly libraries: Library[];
  private readonly codeService: CodeService;
  private readonly parameters: Record<string, unknown>;
  private readonly executionTime: DateTime;
  /** One for all patients: making it parses the model info. */
  private readonly source = PatientSource.FHIRv401();

  constructor(request: EngineRequest) {
    // FHIR dates have no offset, and cql-execution gives them the offset of the process.
    if (new Date(request.period[0]).getTimezoneOffset() !== 0) {
      throw new Defect('cql-execution compares dates in the time zone of the process: run it with TZ=UTC');
    }
    const repository = new Repository(request.libraries.map((library) => ({ library })));
    this.libraries = request.run.map(({ name, version }) => {
      const library = repository.resolve(name, version ?? '');
      if (!library) throw new Diagnostic(`library ${name} ${version ?? ''} is not there`);
      return library;
    });
    this.codeService = new CodeService(dictionary(request.valueSets));
    const start = DateTime.parse(`${request.period[0]}T00:00:00.000+00:00`);
    const end = DateTime.parse(`${request.period[1]}T23:59:59.999+00:00`);
    if (!start || !end) throw new Diagnostic(`not a period: ${request.period.join(' to ')}`);
    this.parameters = { 'Measurement Period': new Interval(start, end) };
    this.executionTime = end;
  }

  async evaluate({ resources }: PatientRecord): Promise<PatientDefines> {
    const patient = patientObject(this.source, resources);
    const contexts = new Map<string, PatientContext>();
    for (const library of this.libraries) this.contextOf(library, patient, contexts);
    const defines = new Map<string, DefineValue>();
    for (const context of contexts.values()) await evaluateLibrary(context, defines);
    return defines;
  }

  /** One context per library and patient, so that what several libraries include is computed once. */
  private contextOf(
    library: Library,
    patient: PatientObject | null,
    contexts: Map<string, PatientContext>,
  ): PatientContext {
    const key = `${library.name}|${library.version}`;
    const known = contexts.get(key);
    if (known) return known;
    const context = new PatientContext(
      library,
      patient,
      this.codeService,
      this.parameters,
      this.executionTime,
    );
    contexts.set(key, context);
    const included = context.library_context as Record<string, PatientContext>;
    for (const [alias, other] of Object.entries(library.includes as Record<string, Library>)) {
      included[alias] = this.contextOf(other, patient, contexts);
    }
    return context;
  }
}

async function evaluateLibrary(context: PatientContext, defines: Map<string, DefineValue>): Promise<void> {
  const expressions = context.library.expressions as Record<string, { context?: string }>;
  for (const [name, definition] of Object.entries(expressions)) {
    // `Patient` itself is a define too: the translator writes it as SingletonFrom of a retrieve.
    if (definition.context !== 'Patient' || name === 'Patient') continue;
    defines.set(`${context.library.name}.${name}`, await evaluateDefine(context, name));
  }
}

async function evaluateDefine(context: PatientContext, name: string): Promise<DefineValue> {
  try {
    const held: unknown = context.get(name);
    return defineValue(held instanceof Expression ? await held.execute(context) : held);
  } catch (error) {
    return failedValue(error);
  }
}

/** Expansions by canonical and version, as cql-execution wants them. */
export function dictionary(valueSets: readonly ValueSet[]): ConstructorParameters<typeof CodeService>[0] {
  const byCanonical: NonNullable<ConstructorParameters<typeof CodeService>[0]> = {};
  for (const valueSet of valueSets) {
    if (!valueSet.url || !valueSet.expansion?.contains) {
      throw new Diagnostic(`value set ${valueSet.id ?? '(no id)'} has no canonical or no expansion`);
    }
    const codes = valueSet.expansion.contains.map(({ code, system }) => {
      if (!code || !system) throw new Diagnostic(`value set ${valueSet.url} has a code without system`);
      return { code, system };
    });
    (byCanonical[valueSet.url] ??= {})[valueSet.version ?? ''] = codes;
  }
  return byCanonical;
}
