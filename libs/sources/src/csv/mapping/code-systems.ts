/** Short names of code systems in mappings; anything else has to be a URL or URN. */
const aliases: Record<string, string> = {
  'icd-10-cm': 'http://hl7.org/fhir/sid/icd-10-cm',
  'icd-9-cm': 'http://hl7.org/fhir/sid/icd-9-cm',
  'icd-10-pcs': 'http://www.cms.gov/Medicare/Coding/ICD10',
  'snomed-ct': 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  ndc: 'http://hl7.org/fhir/sid/ndc',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  cpt: 'http://www.ama-assn.org/go/cpt',
  hcpcs: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  'payer-type': 'https://nahdo.org/sopt',
};

/** The alias for codes that mean something within the source only. */
const local = 'local';

export const systemAliases = [...Object.keys(aliases), local];

/** A URL of a code system; undefined for a word that is neither alias nor URL. @param localSystem of the table */
export function codeSystemOf(word: string, localSystem: string): string | undefined {
  if (word === local) return localSystem;
  if (Object.hasOwn(aliases, word)) return aliases[word];
  return /^(https?:\/\/\S+|urn:[a-z0-9-]+:\S+)$/i.test(word) ? word : undefined;
}

/** The system of codes and numbers that mean something within one table of one source only. */
export function localSystemOf(source: string, table: string): string {
  return `urn:catchment:${encodeURIComponent(source)}:${table}`;
}

/** Codes as their systems write them: extracts leave out the point of ICD-10-CM and the leading zero of CVX. */
export function codeAsWritten(system: string, code: string): string {
  if (system === aliases['icd-10-cm']) {
    const upper = code.toUpperCase();
    return /^[A-Z]\d[0-9A-Z]{2,5}$/.test(upper) ? `${upper.slice(0, 3)}.${upper.slice(3)}` : upper;
  }
  if (system === aliases.cvx && /^\d$/.test(code)) return `0${code}`;
  return code;
}
