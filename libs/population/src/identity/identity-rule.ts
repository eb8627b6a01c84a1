import { Diagnostic } from '@catchment/platform';

/** What an organisation decides about comparing records; the weights are the product's (`weights.ts`). */
export interface IdentityRule {
  /** Identifiers that a person has in every source. `kind` names them; their systems are FHIR identifier systems. */
  personIdentifiers: { kind: string; systems: string[] }[];
  /** Points from which two records are one person without anybody looking, where nothing contradicts. */
  same: number;
  /** Points from which somebody is to look. */
  review: number;
  /** Sources whose demographics and facts are preferred, best first; those not named come after them. */
  sourcePriority: string[];
}

export const defaultIdentityRule: IdentityRule = {
  personIdentifiers: [
    { kind: 'us-ssn', systems: ['http://hl7.org/fhir/sid/us-ssn', 'urn:oid:2.16.840.1.113883.4.1'] },
    { kind: 'us-mbi', systems: ['http://hl7.org/fhir/sid/us-mbi', 'urn:oid:2.16.840.1.113883.4.927'] },
  ],
  same: 36,
  review: 20,
  sourcePriority: [],
};

/**
 * Checks a rule that somebody wrote; what it leaves out is as in the default.
 * @throws Diagnostic that names the first thing that is wrong
 */
export function checkIdentityRule(given: unknown): IdentityRule {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Diagnostic('an identity rule is a JSON object');
  const known = Object.keys(defaultIdentityRule);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Diagnostic(`an identity rule has no "${unknown}"; it has ${known.join(', ')}`);
  const rule = { ...defaultIdentityRule, ...given } as Record<keyof IdentityRule, unknown>;
  const { same, review, sourcePriority, personIdentifiers } = rule;
  if (!isPoints(same) || !isPoints(review) || review > same)
    throw new Diagnostic('"same" and "review" are numbers from 0 to 200, and "review" is not above "same"');
  if (!isTexts(sourcePriority)) throw new Diagnostic('"sourcePriority" is a list of names of sources');
  if (!Array.isArray(personIdentifiers) || !personIdentifiers.every(isPersonIdentifier))
    throw new Diagnostic('"personIdentifiers" is a list of { "kind", "systems" }');
  return { same, review, sourcePriority, personIdentifiers };
}

function isPoints(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 200;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '');
}

function isPersonIdentifier(value: unknown): value is IdentityRule['personIdentifiers'][number] {
  const { kind, systems } = (value ?? {}) as { kind?: unknown; systems?: unknown };
  return typeof kind === 'string' && kind !== '' && isTexts(systems) && systems.length > 0;
}
