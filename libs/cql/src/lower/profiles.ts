import { addDemand } from '@catchment/fhir';
import type { Source } from '../plan/block';
import { call, column, or, text, type Expr } from '../plan/expression';
import type { Value } from '../value/value';
import type { Context } from './context';

/**
 * What a retrieve's profile (ELM `templateId`) means for rows of its resource type.
 *
 * Mode `profile` trusts `meta.profile`, as the peers do with which published expectations were made: a row belongs to
 * a profile when it says so. The base FHIR profiles say nothing about a row.
 */
export function profileFilter(
  templateId: string,
  resourceType: string,
  source: Source,
  _get: (element: string) => Value,
  context: Context,
): Expr | undefined {
  if (templateId === '' || templateId.startsWith('http://hl7.org/fhir/StructureDefinition/')) return undefined;
  if (resourceType === 'Patient') return undefined;
  if (context.session.profileMode === 'profile') {
    addDemand(context.session.demand, resourceType, ['meta', 'profile']);
    const profiles: Expr = { op: 'field', struct: column(source, 'meta'), name: 'profile' };
    return or(call('contains', profiles, text(templateId)));
  }
  return undefined;
}
