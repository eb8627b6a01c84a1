import { Diagnostic } from '@catchment/platform';

/** Who may name the provider and the site of a patient. */
export const attributionSteps = ['roster', 'assigned', 'visits'] as const;
export type AttributionStep = (typeof attributionSteps)[number];

/** Months of visits that can be looked back over. */
export const lookBacks = [12, 24, 36] as const;

/** The rule by which each patient gets a provider and a site (docs/attribution.md). */
export interface AttributionRule {
  /**
   * Asked one after the other until one knows: the imported roster in effect, the general practitioner and managing
   * organisation that the source states, the practitioner and organisation seen most often (a tie: seen last).
   */
  steps: AttributionStep[];
  lookBackMonths: (typeof lookBacks)[number];
  /** `provider`: the site where the provider's role in effect is held, and else the patient's own. */
  siteOf: 'patient' | 'provider';
  /** Is a site the organisation that it is part of in the end? */
  topSite: boolean;
}

/** As the service attributes while nobody chose a rule. */
export const defaultAttributionRule: AttributionRule = {
  steps: ['assigned', 'visits'],
  lookBackMonths: 24,
  siteOf: 'patient',
  topSite: false,
};

/**
 * Checks a rule that somebody wrote; what it leaves out is as in the default.
 * @throws Diagnostic that names the first thing that is wrong
 */
export function checkAttributionRule(given: unknown): AttributionRule {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Diagnostic('an attribution rule is a JSON object');
  const known = Object.keys(defaultAttributionRule);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Diagnostic(`an attribution rule has no "${unknown}"; it has ${known.join(', ')}`);
  const rule: Record<keyof AttributionRule, unknown> = { ...defaultAttributionRule, ...given };
  const { steps, lookBackMonths, siteOf, topSite } = rule;
  if (!isSteps(steps))
    throw new Diagnostic(`"steps" is a list of ${attributionSteps.join(', ')}, each at most once`);
  if (!lookBacks.some((months) => months === lookBackMonths))
    throw new Diagnostic(`"lookBackMonths" is one of ${lookBacks.join(', ')}`);
  if (siteOf !== 'patient' && siteOf !== 'provider') throw new Diagnostic('"siteOf" is patient or provider');
  if (typeof topSite !== 'boolean') throw new Diagnostic('"topSite" is true or false');
  return { steps, lookBackMonths: lookBackMonths as AttributionRule['lookBackMonths'], siteOf, topSite };
}

function isSteps(value: unknown): value is AttributionStep[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((step) => attributionSteps.some((known) => known === step)) &&
    new Set(value).size === value.length
  );
}
