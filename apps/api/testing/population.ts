import type { Parameter } from '@catchment/warehouse';

/** How many people the population has, unless a test says so. */
export const populationSize = 75;

const families = ['Ågren', 'Agren', 'Öz', "O'Neil", '=SUM(A1)', 'Smith', 'Smith', 'zu Putlitz', 'de la Cruz'];
const givens = ['Ana', 'Béa', 'Chris', 'Dee'];
const races = ['White', 'Black or African American', 'Asian'];

const LOINC = 'http://loinc.org';
const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';
const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const usCore = 'http://hl7.org/fhir/us/core/StructureDefinition';

/** Site of person `n`; every fifth has none. */
export function siteOf(n: number): string | null {
  return n % 5 === 4 ? null : (['north', 'south'][n % 2] ?? null);
}

/** Provider of person `n`; every seventh has none. */
export function providerOf(n: number): string | null {
  return n % 7 === 6 ? null : (['ito', 'roy', 'kim'][n % 3] ?? null);
}

/**
 * FHIR resources of a population of `size` people `p0`, `p1`, …, each with visits and some with more. Names, ages and
 * numbers of gaps repeat, so that every order has ties; sites, providers, payers, names and numbers are missing here
 * and there; names hold accents, quotes and a formula.
 */
export function populationResources(size: number): object[] {
  return [
    { resourceType: 'Organization', id: 'north', name: 'North Clinic' },
    { resourceType: 'Organization', id: 'south', name: 'South Clinic' },
    ...['ito', 'roy', 'kim'].map((id) => ({
      resourceType: 'Practitioner',
      id,
      name: [{ family: id.toUpperCase(), given: ['Dr.'] }],
    })),
    ...Array.from({ length: size }, (_, n) => person(n)).flat(),
  ];
}

function person(n: number): object[] {
  const subject = { reference: `Patient/p${n}` };
  const own = { subject, status: 'final' };
  const resources: object[] = [patient(n)];
  if (n % 4 !== 3) {
    resources.push({
      resourceType: 'Coverage',
      id: `coverage-${n}`,
      status: 'active',
      beneficiary: subject,
      payor: [{ display: ['Medicare', 'Acme Health', 'Medicaid'][n % 4] }],
      period: { start: '2020-01-01' },
    });
  }
  for (let visit = 0; visit <= n % 3; visit++) resources.push(encounter(n, visit));
  if (n % 2 === 0) {
    resources.push({
      ...own,
      resourceType: 'Observation',
      id: `mammogram-${n}`,
      code: { coding: [{ system: LOINC, code: '24606-6', display: 'Mammogram' }] },
      effectiveDateTime: n % 4 === 0 ? '2026-03-01' : '2023-10-01',
    });
  }
  if (n === 0) {
    for (let count = 0; count < 55; count++) resources.push({ ...a1c(0), id: `a1c-0-${count}` });
  }
  if (n % 3 === 0) resources.push(a1c(n), problem(n, 'E11.9', 'Type 2 diabetes'));
  if (n % 4 === 0) resources.push(problem(n, 'I10', 'Hypertension'));
  return resources;
}

function patient(n: number): object {
  const site = siteOf(n);
  const provider = providerOf(n);
  const race = races[n % 4];
  return {
    resourceType: 'Patient',
    id: `p${n}`,
    identifier: n % 11 === 10 ? [] : [{ value: `MRN-${1000 + n}` }],
    name: n === 13 ? [] : [{ family: families[n % families.length], given: [givens[n % givens.length]] }],
    telecom: [{ system: 'phone', value: `+1 555 ${1000 + n}` }],
    gender: ['female', 'male', 'unknown'][n % 3],
    birthDate: n % 13 === 12 ? undefined : `${1940 + (n % 6) * 13}-06-01`,
    managingOrganization: site === null ? undefined : { reference: `Organization/${site}` },
    generalPractitioner: provider === null ? undefined : [{ reference: `Practitioner/${provider}` }],
    extension:
      race === undefined
        ? undefined
        : [{ url: `${usCore}/us-core-race`, extension: [{ url: 'text', valueString: race }] }],
  };
}

function encounter(n: number, visit: number): object {
  const start = `2026-0${1 + visit}-1${n % 9}T10:00:00Z`;
  return {
    resourceType: 'Encounter',
    id: `visit-${n}-${visit}`,
    status: 'finished',
    class: { system: ACT, code: 'AMB' },
    subject: { reference: `Patient/p${n}` },
    period: { start, end: start },
  };
}

function a1c(n: number): object {
  return {
    resourceType: 'Observation',
    id: `a1c-${n}`,
    status: 'final',
    subject: { reference: `Patient/p${n}` },
    code: { coding: [{ system: LOINC, code: '4548-4', display: 'Hemoglobin A1c' }] },
    effectiveDateTime: '2026-02-11',
    valueQuantity: { value: n % 2 === 0 ? 9.4 : 7.1, unit: '%', code: '%' },
  };
}

function problem(n: number, code: string, display: string): object {
  return {
    resourceType: 'Condition',
    id: `condition-${n}-${code}`,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
    },
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/condition-category',
            code: 'problem-list-item',
          },
        ],
      },
    ],
    code: { coding: [{ system: ICD10, code, display }] },
    subject: { reference: `Patient/p${n}` },
    onsetDateTime: '2025-05-05',
    recordedDate: '2025-05-05',
  };
}

/** A trend point of an earlier month: measure, end of period, site, provider, payer, denominator, numerator. */
export const earlierTrend: readonly Parameter[][] = [
  ['screening', '2026-10-31', 'north', 'ito', 'Medicare', 20, 8],
  ['screening', '2026-10-31', 'south', 'roy', 'Medicaid', 10, 4],
  ['screening', '2026-11-30', 'north', 'ito', 'Medicare', 20, 9],
  ['screening', '2026-11-30', 'south', 'roy', 'Medicaid', 10, 6],
];
