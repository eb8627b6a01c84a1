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
} from 'cql-execution';
import { PatientSource } from 'cql-exec-fhir';
import type { FhirResource, ValueSet } from 'fhir/r4';
import { defineValue, failedValue, type DefineValue } from './define-value';

/** One patient and everything about this patient, whatever the references say. */
export interface PatientRecord {
  id: string;
  resources: readonly FhirResource[];
}

/** Every define of the main library and of its includes, by `Library.define`. */
export type PatientDefines = ReadonlyMap<string, DefineValue>;

export interface EngineRequest {
  /** The ELM of the measure's library and of everything that it includes. */
  libraries: readonly ElmLibrary[];
  /** Name of the library to run. */
  main: string;
  version?: string;
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
  private readonly library: Library;
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
    this.library = repository.resolve(request.main, request.version ?? '') as Library;
    this.codeService = new CodeService(dictionary(request.valueSets));
    const start = DateTime.parse(`${request.period[0]}T00:00:00.000+00:00`);
    const end = DateTime.parse(`${request.period[1]}T23:59:59.999+00:00`);
    if (!start || !end) throw new Diagnostic(`not a period: ${request.period.join(' to ')}`);
    this.parameters = { 'Measurement Period': new Interval(start, end) };
    this.executionTime = end;
  }

  async evaluate(patient: PatientRecord): Promise<PatientDefines> {
    const entry = patient.resources.map((resource) => ({ resource }));
    this.source.reset();
    this.source.loadBundles([{ resourceType: 'Bundle', type: 'collection', entry }]);
    const context = new PatientContext(
      this.library,
      this.source.currentPatient(),
      this.codeService,
      this.parameters,
      this.executionTime,
    );
    const defines = new Map<string, DefineValue>();
    await evaluateLibrary(context, defines, new Set());
    return defines;
  }
}

/** The part of cql-execution's untyped Library that the walk over libraries reads. */
interface LibraryContent {
  name: string;
  expressions: Record<string, { context?: string; expression?: unknown }>;
  includes: Record<string, LibraryContent>;
}

async function evaluateLibrary(
  context: PatientContext,
  defines: Map<string, DefineValue>,
  seen: Set<string>,
): Promise<void> {
  const library = context.library as unknown as LibraryContent;
  seen.add(library.name);
  for (const [name, definition] of Object.entries(library.expressions)) {
    // `Patient` itself is a define too: the translator writes it as SingletonFrom of a retrieve.
    if (definition.context !== 'Patient' || name === 'Patient') continue;
    defines.set(`${library.name}.${name}`, await evaluateDefine(context, name));
  }
  for (const [alias, included] of Object.entries(library.includes)) {
    if (seen.has(included.name)) continue;
    await evaluateLibrary(context.getLibraryContext(alias) as PatientContext, defines, seen);
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
function dictionary(valueSets: readonly ValueSet[]): ConstructorParameters<typeof CodeService>[0] {
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
