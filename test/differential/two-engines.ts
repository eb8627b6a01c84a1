import type { ElmLibrary } from '@catchment/elm';
import type { FhirResource, ValueSet } from 'fhir/r4';
import { CompiledSqlEngine } from './compiled-sql-engine';
import {
  CqlExecutionEngine,
  type LibraryName,
  type PatientDefines,
  type PatientRecord,
} from './cql-execution-engine';
import type { DefineValue } from './define-value';

/** A define that the two engines see differently for a patient. */
export interface Disagreement {
  patient: PatientRecord;
  define: string;
  ours: string;
  theirs: string;
}

/** Both engines over the same patients and libraries. */
export class TwoEngines {
  private readonly second: CqlExecutionEngine;

  constructor(
    private readonly request: {
      libraries: readonly ElmLibrary[];
      valueSets: readonly ValueSet[];
      period: readonly [start: string, end: string];
    },
    private readonly run: LibraryName,
  ) {
    this.second = new CqlExecutionEngine({ ...request, run: [run] });
  }

  /** The defines that our SQL gives values, where theirs differ. */
  async disagreements(patients: readonly PatientRecord[]): Promise<Disagreement[]> {
    const ours = await this.ourDefines(patients);
    const found: Disagreement[] = [];
    for (const [at, patient] of patients.entries()) {
      const theirs = await this.second.evaluate(patient);
      for (const [define, value] of ours[at]!) {
        const [left, right] = [shown(value), shown(theirs.get(define))];
        if (left !== right) found.push({ patient, define, ours: left, theirs: right });
      }
    }
    return found;
  }

  /**
   * The smallest patient that still shows a disagreement: resources, then their elements, are left out as long as it
   * stays. All candidates of a round are patients of one run.
   */
  async shrink(disagreement: Disagreement): Promise<Disagreement> {
    let smallest = disagreement;
    for (;;) {
      const still = await this.disagreements(smallerThan(smallest.patient));
      const smaller = still.find(({ define }) => define === disagreement.define);
      if (!smaller) return smallest;
      smallest = smaller;
    }
  }

  private async ourDefines(patients: readonly PatientRecord[]): Promise<PatientDefines[]> {
    const engine = await CompiledSqlEngine.open({ ...this.request, run: [this.run] }, patients);
    try {
      return await engine.evaluate(this.run.name);
    } finally {
      engine.close();
    }
  }
}

/** The patient without some resources (halves, then each one), then without one element of one resource. */
function smallerThan({ resources }: PatientRecord): PatientRecord[] {
  const others = resources.filter(({ resourceType }) => resourceType !== 'Patient');
  const patient = resources.filter(({ resourceType }) => resourceType === 'Patient');
  const parts: FhirResource[][] = [];
  for (let size = Math.ceil(others.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < others.length; start += size) {
      parts.push([...patient, ...others.slice(0, start), ...others.slice(start + size)]);
    }
  }
  if (others.length < 6) {
    for (const [at, resource] of resources.entries()) {
      for (const key of Object.keys(resource).filter((name) => !['resourceType', 'id'].includes(name))) {
        const rest = Object.fromEntries(Object.entries(resource).filter(([name]) => name !== key));
        parts.push(resources.map((each, index) => (index === at ? (rest as unknown as FhirResource) : each)));
      }
    }
  }
  return parts.map((part, index) => renamed(part, index));
}

/** With ids of its own: resources of one type and id are one resource to the warehouse. */
function renamed(resources: readonly FhirResource[], index: number): PatientRecord {
  let text = JSON.stringify(resources);
  for (const { id } of resources) {
    const base = id!.replace(/~\d+$/, '');
    text = text.replaceAll(`"${id}"`, `"${base}~${index}"`).replaceAll(`/${id}"`, `/${base}~${index}"`);
  }
  const copies = JSON.parse(text) as FhirResource[];
  return { id: copies.find(({ resourceType }) => resourceType === 'Patient')!.id!, resources: copies };
}

/** A list that is null has no elements, and our tables do not tell the two apart. */
export function shown(value: DefineValue | undefined): string {
  if (!value || value.kind === 'null') return 'nothing';
  if (value.kind === 'list') return value.items.join(' ') || 'nothing';
  if (value.kind === 'failed') return 'failed';
  return value.kind === 'boolean' ? String(value.value) : JSON.stringify(value);
}
