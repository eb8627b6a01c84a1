import type { Demand, DemandNode } from '@catchment/fhir';

const leaf: DemandNode = {};
const period: DemandNode = { start: leaf, end: leaf };
const reference: DemandNode = { reference: leaf, display: leaf };
const quantity: DemandNode = { value: leaf, unit: leaf, code: leaf };

/**
 * What the SQL models of sql/ read of each resource type: demographics, attribution, cohorts, and date, code and
 * value of whatever a measure may use as evidence. Part of the product's base demand: load with it, or the models
 * do not run.
 */
export const modelDemand: Demand = {
  Patient: {
    identifier: { type: leaf, system: leaf, value: leaf },
    name: { use: leaf, family: leaf, given: leaf, suffix: leaf },
    telecom: { system: leaf, value: leaf },
    gender: leaf,
    birthDate: leaf,
    deceasedBoolean: leaf,
    deceasedDateTime: leaf,
    multipleBirthBoolean: leaf,
    multipleBirthInteger: leaf,
    link: { other: reference, type: leaf },
    address: { line: leaf, city: leaf, state: leaf, postalCode: leaf },
    communication: { language: leaf },
    generalPractitioner: reference,
    managingOrganization: reference,
    extension: { url: leaf, extension: { url: leaf, valueString: leaf } },
  },
  Organization: { name: leaf, partOf: reference },
  Location: { name: leaf, managingOrganization: reference },
  PractitionerRole: {
    active: leaf,
    period,
    practitioner: reference,
    organization: reference,
    location: reference,
  },
  Practitioner: { name: { family: leaf, given: leaf } },
  Encounter: {
    status: leaf,
    class: leaf,
    type: leaf,
    period,
    serviceProvider: reference,
    participant: { individual: reference },
  },
  Condition: {
    clinicalStatus: leaf,
    verificationStatus: leaf,
    category: leaf,
    code: leaf,
    encounter: reference,
    onsetDateTime: leaf,
    onsetPeriod: period,
    recordedDate: leaf,
  },
  Coverage: { status: leaf, type: leaf, period, payor: reference },
  Claim: { status: leaf, created: leaf, insurance: { coverage: reference } },
  Appointment: { status: leaf, start: leaf },
  Observation: {
    status: leaf,
    code: leaf,
    effectiveDateTime: leaf,
    effectivePeriod: period,
    valueQuantity: quantity,
    valueCodeableConcept: leaf,
    valueInteger: leaf,
    valueString: leaf,
    component: { code: leaf, valueQuantity: quantity },
  },
  Procedure: { status: leaf, code: leaf, performedDateTime: leaf, performedPeriod: period },
  DiagnosticReport: { status: leaf, code: leaf, effectiveDateTime: leaf, effectivePeriod: period },
  Immunization: { status: leaf, vaccineCode: leaf, occurrenceDateTime: leaf },
  MedicationRequest: { status: leaf, medicationCodeableConcept: leaf, authoredOn: leaf },
  ServiceRequest: { status: leaf, code: leaf, authoredOn: leaf },
};
