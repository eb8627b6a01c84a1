import type { PatientObject, RecordObject, RetrieveDetails } from 'cql-execution';
import { PatientSource } from 'cql-exec-fhir';
import type { FhirResource } from 'fhir/r4';

/**
 * One patient as cql-exec-fhir wraps it, with what is read kept: without it, each retrieve wraps every resource anew
 * and each union walks through every element of every resource, which makes a patient a hundred times slower.
 */
export function patientObject(
  source: PatientSource,
  resources: readonly FhirResource[],
): PatientObject | null {
  source.reset();
  const entry = resources.map((resource) => ({ resource }));
  source.loadBundles([{ resourceType: 'Bundle', type: 'collection', entry }]);
  const patient = source.currentPatient() as PatientObject | undefined;
  return patient ? new KeptPatient(patient) : null;
}

/** A resource is told from another by type and id alone: `id` is the only property that set operators walk through. */
class KeptRecord implements RecordObject {
  readonly id: unknown;
  readonly #record: RecordObject;
  readonly #fields = new Map<string, unknown>();
  #hierarchy?: ReturnType<NonNullable<RecordObject['_typeHierarchy']>>;

  constructor(record: RecordObject) {
    this.#record = record;
    this.id = this.get('id');
  }

  get(field: string): unknown {
    if (!this.#fields.has(field)) this.#fields.set(field, this.#record.get(field) as unknown);
    return this.#fields.get(field);
  }

  getId(): unknown {
    return this.#record.getId() as unknown;
  }

  getCode(field: string): unknown {
    const key = `code of ${field}`;
    if (!this.#fields.has(key)) this.#fields.set(key, this.#record.getCode(field) as unknown);
    return this.#fields.get(key);
  }

  getDate(field: string): unknown {
    return this.#record.getDate(field) as unknown;
  }

  getDateOrInterval(field: string): unknown {
    return this.#record.getDateOrInterval(field) as unknown;
  }

  _is(type: Parameters<NonNullable<RecordObject['_is']>>[0]): boolean {
    return this.#record._is?.(type) ?? false;
  }

  _typeHierarchy() {
    return (this.#hierarchy ??= this.#record._typeHierarchy?.() ?? []);
  }
}

class KeptPatient extends KeptRecord implements PatientObject {
  readonly #patient: PatientObject;
  readonly #records = new Map<string, RecordObject[]>();

  constructor(patient: PatientObject) {
    super(patient);
    this.#patient = patient;
  }

  /** cql-exec-fhir selects by type only; cql-execution tests the codes itself. */
  async findRecords(profile: string | null, details?: RetrieveDetails): Promise<RecordObject[]> {
    const key = details?.datatype ?? profile ?? '';
    let records = this.#records.get(key);
    if (!records) {
      records = (await this.#patient.findRecords(profile, details)).map((record) => new KeptRecord(record));
      this.#records.set(key, records);
    }
    return records;
  }
}
