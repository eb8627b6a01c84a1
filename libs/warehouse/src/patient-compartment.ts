import { findElement, type DemandNode } from '@catchment/fhir';

/** Where a resource type names its patient: the steps from the resource to a Reference. */
export type PatientPath = { property: string; list: boolean }[];

/** Types whose patient is not in `patient` or `subject` (R4 patient compartment definition). */
const elsewhere: Record<string, PatientPath> = {
  Appointment: [
    { property: 'participant', list: true },
    { property: 'actor', list: false },
  ],
  AppointmentResponse: [{ property: 'actor', list: false }],
  Coverage: [{ property: 'beneficiary', list: false }],
  EnrollmentRequest: [{ property: 'candidate', list: false }],
  ResearchSubject: [{ property: 'individual', list: false }],
  Schedule: [{ property: 'actor', list: true }],
  SupplyRequest: [{ property: 'deliverTo', list: false }],
  Task: [{ property: 'for', list: false }],
};

/**
 * The path to the patient whom a resource of this type is about; undefined for types outside the patient
 * compartment (Medication, Location, …) and for Patient itself. Where a list names several, the first patient counts.
 */
export function patientPath(resourceType: string): PatientPath | undefined {
  const special = elsewhere[resourceType];
  if (special) return special;
  for (const property of ['patient', 'subject']) {
    const element = findElement(resourceType, property);
    // Definitions (Measure, PlanDefinition, …) have subject[x]: the kind of subject, nobody in particular.
    if (element?.types.length === 1 && element.types[0] === 'Reference')
      return [{ property, list: element.list }];
  }
  return undefined;
}

/** The demand that reads the references of a path. */
export function patientDemand(path: PatientPath): DemandNode {
  return path.reduceRight<DemandNode>((inner, { property }) => ({ [property]: inner }), { reference: {} });
}

/** SQL over the raw struct `j`: the id of the patient, null when the resource names none. */
export function patientExpression(path: PatientPath): string {
  return patientOf('j', path, 0);
}

function patientOf(holder: string, path: PatientPath, depth: number): string {
  const [step, ...rest] = path;
  if (!step) return `fhir_patient_id(${holder}.reference)`;
  const value = `${holder}."${step.property}"`;
  if (!step.list) return patientOf(value, rest, depth);
  const element = `p${depth}`;
  return `list_filter(list_transform(${value}, lambda ${element}: ${patientOf(element, rest, depth + 1)}), lambda ${element}: ${element} is not null)[1]`;
}
