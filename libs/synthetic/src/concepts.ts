import { Defect } from '@catchment/platform';
import conditions from './data/conditions.json';
import measurements from './data/measurements.json';
import medications from './data/medications.json';
import procedures from './data/procedures.json';
import vaccines from './data/vaccines.json';
import visits from './data/visits.json';

/** A CodeableConcept as JSON text, ready to be put into a resource. */
export interface Concept {
  key: string;
  /** All codings, local ones included, and a text. */
  full: string;
  /** The first coding only. */
  brief: string;
  /** What the practice calls it: the local coding's display, else the first one's. */
  display: string;
}

/** The short names of code systems in data/*.json. `ehr-*` are invented local systems. */
export const systems: Record<string, string> = {
  icd10: 'http://hl7.org/fhir/sid/icd-10-cm',
  snomed: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  hcpcs: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  sopt: 'https://nahdo.org/sopt',
  discharge: 'http://terminology.hl7.org/CodeSystem/discharge-disposition',
  'ehr-visit': 'https://ehr.example.org/fhir/CodeSystem/visit-type',
  'ehr-dx': 'https://ehr.example.org/fhir/CodeSystem/diagnosis',
  'ehr-flowsheet': 'https://ehr.example.org/fhir/CodeSystem/flowsheet-row',
  'ehr-lab': 'https://ehr.example.org/fhir/CodeSystem/lab-component',
  'ehr-imaging': 'https://ehr.example.org/fhir/CodeSystem/imaging-procedure',
  'ehr-proc': 'https://ehr.example.org/fhir/CodeSystem/procedure',
  'ehr-med': 'https://ehr.example.org/fhir/CodeSystem/medication',
  'ehr-imm': 'https://ehr.example.org/fhir/CodeSystem/immunization',
  'ehr-task': 'https://ehr.example.org/fhir/CodeSystem/task',
};

const tables = [conditions, measurements, medications, procedures, vaccines, visits];
const concepts = new Map<string, Concept>();
for (const table of tables) {
  for (const [key, codings] of Object.entries(table.concepts)) {
    if (concepts.has(key))
      throw new Defect(`two concepts have the key "${key}" in the synthetic data tables`);
    concepts.set(key, parse(key, codings));
  }
}

/**
 * The concept of that key in data/*.json.
 * @throws Defect when there is none.
 */
export function concept(key: string): Concept {
  const found = concepts.get(key);
  if (!found) throw new Defect(`no concept "${key}" in the synthetic data tables`);
  return found;
}

/** A Coding as JSON text. */
export function coding(system: string, code: string, display?: string): string {
  const shown = display === undefined ? '' : `,"display":${JSON.stringify(display)}`;
  return `{"system":"${system}","code":"${code}"${shown}}`;
}

/** A CodeableConcept with one coding of an HL7 code system, as JSON text. */
export function hl7Concept(codeSystem: string, code: string): string {
  return `{"coding":[${coding(`http://terminology.hl7.org/CodeSystem/${codeSystem}`, code)}]}`;
}

function parse(key: string, texts: readonly string[]): Concept {
  const codings = texts.map((text) => {
    const [, system, code, display] = /^(\S+) (\S+) (.+)$/.exec(text) ?? [];
    const url = system === undefined ? undefined : systems[system];
    if (!url || !code || !display)
      throw new Defect(`concept "${key}": "${text}" is not "system code display"`);
    return { json: coding(url, code, display), display, local: system?.startsWith('ehr-') };
  });
  const display = (codings.find((each) => each.local) ?? codings[0])?.display ?? key;
  return {
    key,
    full: `{"coding":[${codings.map((each) => each.json).join(',')}],"text":${JSON.stringify(display)}}`,
    brief: `{"coding":[${codings[0]?.json}]}`,
    display,
  };
}
