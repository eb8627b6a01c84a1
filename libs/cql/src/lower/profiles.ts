import type { ElmNode } from '@catchment/elm';
import { addDemand } from '@catchment/fhir';
import type { Source } from '../plan/block';
import { FALSE, TRUE, and, call, column, equal, field, not, or, text, type Expr } from '../plan/expression';
import type { Value } from '../value/value';
import { inCodes, orFalse } from './comparison';
import { unsupported, type Context } from './context';
import guides from './profile-guides.json';
import policies from './profile-policies.json';

/**
 * By what the content of a resource shows that it belongs to a profile, beside its type (docs/profiles.md). The table
 * has them by type and by the profile's name without the prefix of its guide. No entry: the profile is not known.
 */
interface ProfilePolicy {
  status?: string[];
  notStatus?: string[];
  /** Codes of which `category` must have one. */
  category?: string[];
  notCategory?: string[];
  /** The LOINC code that the profile fixes: some data carry it without the profile, and ELM has no code filter for it. */
  loinc?: string[];
  doNotPerform?: boolean;
  /** R4 has no such element on the type; a modifier extension of that name says it. */
  modifier?: string;
  negated?: boolean;
  /** A profile of QI-Core 4 that later versions divided or renamed: for them a claim of it says nothing. */
  former?: boolean;
}

type Read = (element: string) => Value;

/**
 * What a retrieve's profile (ELM `templateId`) means for rows of its resource type.
 *
 * `profile`: a row belongs to a profile when its `meta.profile` says so, which is how published expectations were made;
 * where it names none but unknown profiles, by its content when the retrieve's profile is a general one of the type. `discriminator`: when its content shows it (the
 * policy table). `both`: as `profile`, and a row without `meta.profile` by its content. The base FHIR profiles say
 * nothing about a row.
 */
export function profileFilter(
  node: ElmNode,
  resourceType: string,
  source: Source,
  read: Read,
  context: Context,
): Expr | undefined {
  const templateId = ((node.templateId as string | undefined) ?? '').split('|')[0]!;
  if (templateId === '' || templateId === `http://hl7.org/fhir/StructureDefinition/${resourceType}`)
    return undefined;
  if (resourceType === 'Patient') return undefined;
  const policy = policyOf(templateId, resourceType);
  const { profileMode } = context.session;
  if (profileMode === 'profile' && !(policy && isGeneral(policy)))
    return claims(templateId, resourceType, source, context);
  if (!policy) throw unsupported(context, node, `profile ${templateId} in mode "${profileMode}"`);
  const shown = shows(policy, node, resourceType, source, read, context);
  if (profileMode === 'discriminator') return shown;
  const undecided = says(profileMode, templateId, resourceType, source, context);
  return or(claims(templateId, resourceType, source, context), and(undecided, shown));
}

/**
 * Does a profile state nothing by which its rows differ from others of the type, but that they are no negations? A row
 * that states a category, a code or a negation belongs to one of several profiles, and only its claim says to which.
 */
function isGeneral(policy: ProfilePolicy): boolean {
  const { former, status, category, notCategory, loinc, doNotPerform, negated } = policy;
  return (
    !former && !status && !category && !notCategory && !loinc && doNotPerform !== true && negated !== true
  );
}

/** Does `meta.profile` leave it to the content? */
function says(
  mode: 'profile' | 'both',
  templateId: string,
  resourceType: string,
  source: Source,
  context: Context,
): Expr {
  const profiles = declared(resourceType, source, context);
  const known = call('list', ...knownProfiles(templateId, resourceType).map(text));
  const unknown = not(orFalse(call('share an element', profiles, known)));
  return mode === 'both' ? unknown : and(call('has elements', profiles), unknown);
}

function declared(resourceType: string, source: Source, context: Context): Expr {
  addDemand(context.session.demand, resourceType, ['meta', 'profile']);
  return field(column(source, 'meta'), 'profile');
}

function claims(templateId: string, resourceType: string, source: Source, context: Context): Expr {
  return call('contains', declared(resourceType, source, context), text(templateId));
}

function policyOf(templateId: string, resourceType: string): ProfilePolicy | undefined {
  return (policies as Record<string, Record<string, ProfilePolicy>>)[resourceType]?.[profileName(templateId)];
}

/** Canonicals of the profiles on a type that the policy table has, in its guides and in the guide of the template. */
function knownProfiles(templateId: string, resourceType: string): string[] {
  const table = (policies as Record<string, Record<string, ProfilePolicy>>)[resourceType] ?? {};
  const names = Object.keys(table).filter((name) => !table[name]!.former);
  const own = templateId.slice(0, templateId.length - profileName(templateId).length);
  const starts = Object.entries(guides).flatMap(([prefix, base]) => [base, `${base}${prefix}`]);
  return [...new Set([...starts, own])].flatMap((start) => names.map((name) => `${start}${name}`));
}

/** The name of a profile without its guide's prefix: `…/qicore-condition-encounter-diagnosis` → `condition-encounter-diagnosis`. */
function profileName(templateId: string): string {
  const name = templateId.slice(templateId.lastIndexOf('/') + 1);
  const prefix = Object.keys(guides).find((each) => name.startsWith(each));
  return prefix ? name.slice(prefix.length) : name;
}

function shows(
  policy: ProfilePolicy,
  node: ElmNode,
  resourceType: string,
  source: Source,
  read: Read,
  context: Context,
): Expr {
  const conditions: Expr[] = [];
  const status = (): Expr => scalar(read('status'));
  if (policy.status) conditions.push(orFalse(oneOf(status(), policy.status)));
  if (policy.notStatus) conditions.push(not(orFalse(oneOf(status(), policy.notStatus))));
  if (policy.category) conditions.push(hasCategory(read('category'), policy.category, context));
  if (policy.notCategory) conditions.push(not(hasCategory(read('category'), policy.notCategory, context)));
  // A code filter of the retrieve is more exact than the profile's own code.
  if (policy.loinc && !node.codes) conditions.push(hasCode(read('code'), policy.loinc, context));
  if (policy.doNotPerform !== undefined) {
    const negated = orFalse(equal(scalar(read('doNotPerform')), TRUE));
    conditions.push(policy.doNotPerform ? negated : not(negated));
  }
  if (policy.modifier) {
    const negated = hasModifier(policy.modifier, resourceType, source, context);
    conditions.push(policy.negated ? negated : not(negated));
  }
  return and(...conditions);
}

function scalar(value: Value): Expr {
  return value.kind === 'scalar' ? value.expr : FALSE;
}

function oneOf(expr: Expr, values: string[]): Expr {
  return call('in', expr, ...values.map(text));
}

function hasCode(value: Value, loinc: string[], context: Context): Expr {
  const codes = loinc.map((code) => ({ system: 'http://loinc.org', code }));
  return inCodes(value, { kind: 'codes', codes, name: loinc.join(', '), concept: true }, context);
}

/** Category codes stand in several code systems of HL7 and its guides, so that all of them count. */
const categorySystems = [
  'http://terminology.hl7.org/CodeSystem/condition-category',
  'http://hl7.org/fhir/us/core/CodeSystem/condition-category',
  'http://terminology.hl7.org/CodeSystem/observation-category',
  'http://terminology.hl7.org/CodeSystem/v2-0074',
];

function hasCategory(value: Value, categories: string[], context: Context): Expr {
  const codes = categories.flatMap((code) => categorySystems.map((system) => ({ system, code })));
  return inCodes(value, { kind: 'codes', codes, name: categories.join(', '), concept: true }, context);
}

function hasModifier(name: string, resourceType: string, source: Source, context: Context): Expr {
  addDemand(context.session.demand, resourceType, ['modifierExtension', 'url']);
  addDemand(context.session.demand, resourceType, ['modifierExtension', 'valueBoolean']);
  const variable = context.session.variable();
  const extension: Expr = { op: 'variable', name: variable };
  const body = and(
    call('ends with', field(extension, 'url'), text(name)),
    orFalse(equal(field(extension, 'valueBoolean'), TRUE)),
  );
  return call('has elements', {
    op: 'lambda',
    fn: 'filter',
    list: column(source, 'modifierExtension'),
    variables: [variable],
    body,
  });
}
