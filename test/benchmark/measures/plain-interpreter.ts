import type { ElmLibrary } from '@catchment/elm';
import { Defect } from '@catchment/platform';
import { CodeService, DateTime, Executor, Interval, Repository } from 'cql-execution';
import { PatientSource } from 'cql-exec-fhir';
import type { ValueSet } from 'fhir/r4';
import { dictionary, type LibraryName, type PatientRecord } from '../../differential/cql-execution-engine';
import { period } from './workbench';

/**
 * cql-execution as its documentation uses it, and as fqm-execution does: a patient source of Bundles and an Executor.
 * The second engine of test/differential keeps what it reads, which makes a patient many times cheaper.
 */
export class PlainInterpreter {
  private readonly executor: Executor;
  private readonly executionTime: DateTime;

  constructor(
    libraries: readonly ElmLibrary[],
    { name, version }: LibraryName,
    valueSets: readonly ValueSet[],
  ) {
    const repository = new Repository(libraries.map((library) => ({ library })));
    const start = DateTime.parse(`${period.start}T00:00:00.000+00:00`);
    const end = DateTime.parse(`${period.end}T23:59:59.999+00:00`);
    if (!start || !end) throw new Defect(`not a period: ${period.start} to ${period.end}`);
    const parameters = { 'Measurement Period': new Interval(start, end) };
    const library: unknown = repository.resolve(name, version ?? '');
    this.executor = new Executor(library, new CodeService(dictionary(valueSets)), parameters);
    this.executionTime = end;
  }

  /** Evaluates every define of the library for one patient; the source is used up. */
  async evaluate({ resources }: PatientRecord): Promise<void> {
    const source = PatientSource.FHIRv401();
    const entry = resources.map((resource) => ({ resource }));
    source.loadBundles([{ resourceType: 'Bundle', type: 'collection', entry }]);
    await this.executor.exec(source, this.executionTime);
  }
}
