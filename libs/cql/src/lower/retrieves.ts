import type { ElmNode } from '@catchment/elm';
import { addDemand, findElement, normalForm, primaryCodePath } from '@catchment/fhir';
import { Block, type Source } from '../plan/block';
import { FALSE, call, column, equal, or, text, type Expr } from '../plan/expression';
import type { RelationValue, Value } from '../value/value';
import { diagnostic, unsupported, type Context } from './context';
import { inCodes } from './comparison';
import { inValueSet } from './clinical';
import { lower, type Operators } from './operators';
import { profileFilter } from './profiles';

/** Types whose rows belong to no patient: they are found by id only. */
const unscoped = new Set([
  'Medication',
  'Location',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Substance',
]);

/** ELM chapter 3: the rows of one resource type, filtered by profile and code. */
export const retrieveOperators: Operators = {
  Retrieve: (node, context) => {
    const resourceType = String(node.dataType).replace(/^\{[^}]*\}/, '');
    const source: Source = { kind: 'resource', resourceType, join: 'from' };
    const block = Block.of(source);
    const row = context.session.elements.resource(resourceType, source);
    const inner: Context = { ...context, block, lambda: false };
    const relation: RelationValue = {
      kind: 'relation',
      block,
      row,
      pid: unscoped.has(resourceType) ? undefined : column(source, 'pid'),
      order: [],
    };
    if (context.session.elements.isAbsent(resourceType)) block.where.push(FALSE);
    if (node.codes) block.where.push(codeFilter(node, resourceType, row.get, source, inner));
    const profile = profileFilter(node, resourceType, source, row.get, inner);
    if (profile) block.where.push(profile);
    return relation;
  },
};

function codeFilter(
  node: ElmNode,
  resourceType: string,
  get: (element: string) => Value,
  source: Source,
  context: Context,
): Expr {
  const path = (node.codeProperty as string | undefined) ?? primaryCodePath(resourceType);
  if (!path) throw unsupported(context, node, `a code filter on ${resourceType}, which has no primary code`);
  const element = path.split('.').reduce<(name: string) => Value>((read, step, index, steps) => {
    if (index === steps.length - 1) return () => read(step);
    const inner = read(step);
    if (inner.kind !== 'fhir') throw unsupported(context, node, `a code filter on ${resourceType}.${path}`);
    return inner.get;
  }, get)('');
  const codes = node.codes as ElmNode;
  const set = lower(codes, context);
  const member = codeMembership(element, set, node, context);
  if (codes.type !== 'ValueSetRef' || node.codeComparator === 'in') return member;
  return or(member, notDoneValueSet(resourceType, path, source, set, node, context));
}

function codeMembership(element: Value, set: Value, node: ElmNode, context: Context): Expr {
  if (set.kind === 'valueSet') return inValueSet(element, set, node, context);
  if (set.kind === 'items')
    return or(...set.items.map((item) => codeMembership(element, item, node, context)));
  if (set.kind === 'codes') {
    if (element.kind === 'choice') {
      const coded = element.alternatives.filter(
        ({ type }) => type === 'CodeableConcept' || type === 'Coding',
      );
      return or(...coded.map((alternative) => inCodes(alternative.value, set, context)));
    }
    return inCodes(element, set, context);
  }
  throw diagnostic(context, node, `a retrieve filtered by a ${set.kind}`);
}

/**
 * QI-Core negation: `code ~ <value set>` also finds resources that say "nothing of this value set was done" by the
 * notDoneValueSet extension of their code. Newer translators write two retrieves (`in`, `~`), older ones only this one.
 */
function notDoneValueSet(
  resourceType: string,
  path: string,
  source: Source,
  set: Value,
  node: ElmNode,
  context: Context,
): Expr {
  if (set.kind !== 'valueSet')
    throw unsupported(context, node, `a retrieve whose codes are compared with a ${set.kind}`);
  const found = findElement(resourceType, path);
  if (!found) throw unsupported(context, node, `a code filter on ${resourceType}.${path}`);
  const element = found.choice ? `${path}CodeableConcept` : path;
  const type = found.choice ? 'CodeableConcept' : found.types[0]!;
  if (normalForm(type) !== 'concept' || found.list) return FALSE;
  addDemand(context.session.demand, resourceType, [element, 'extension', 'url']);
  addDemand(context.session.demand, resourceType, [element, 'extension', 'valueCanonical']);
  const variable = context.session.variable();
  const extension: Expr = { op: 'variable', name: variable };
  const body = call(
    'and',
    call('ends with', { op: 'field', struct: extension, name: 'url' }, text('notDoneValueSet')),
    equal({ op: 'field', struct: extension, name: 'valueCanonical' }, text(set.canonical)),
  );
  return call('has elements', {
    op: 'lambda',
    fn: 'filter',
    list: column(source, `${element}.extension`),
    variables: [variable],
    body,
  });
}
