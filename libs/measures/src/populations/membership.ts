import type { DefineOutput } from '@catchment/cql';
import { Unsupported } from '@catchment/platform';
import type { Place } from '../definition/place';

/** What a define answers for a population basis: how its members are selected. */
export interface Membership {
  /** `select … as pid[, … as rid]`, distinct, without null. */
  sql: string;
}

/** Columns that identify a member: the subject, or the subject and the resource (episode). */
export type Basis = { kind: 'subject' } | { kind: 'resource'; type: string };

export function basisOf(populationBasis: string): Basis {
  return populationBasis === 'boolean' ? { kind: 'subject' } : { kind: 'resource', type: populationBasis };
}

export function keysOf(basis: Basis): string[] {
  return basis.kind === 'subject' ? ['pid'] : ['pid', 'rid'];
}

/**
 * The members that a define selects. A null is not true: its subject is no member.
 * @throws Diagnostic when the define's type does not fit the basis; Unsupported for lists that are not resources.
 */
export function membershipOf(output: DefineOutput, basis: Basis, place: Place): Membership {
  if (output.kind === 'constant') return constant(output, basis, place);
  return basis.kind === 'subject' ? subjects(output, place) : resources(output, basis.type, place);
}

/** Members of a stratifier: beside the basis's own type, a Boolean that holds for all episodes of a subject. */
export function stratumOf(output: DefineOutput, basis: Basis, place: Place): Membership & { keys: string[] } {
  const boolean = output.kind === 'boolean' || (output.kind === 'constant' && output.value === 'true');
  if (boolean) return { ...membershipOf(output, { kind: 'subject' }, place), keys: ['pid'] };
  return { ...membershipOf(output, basis, place), keys: keysOf(basis) };
}

function subjects(output: DefineOutput, place: Place): Membership {
  if (output.kind !== 'boolean') {
    throw place.wrong(
      `the population basis is boolean, and define "${output.define}" of ${output.library} is not Boolean`,
    );
  }
  return { sql: `select distinct pid from ${output.table} where ${output.value}` };
}

function resources(output: DefineOutput, type: string, place: Place): Membership {
  const name = `define "${output.define}" of ${output.library}`;
  if (output.kind === 'boolean') throw place.wrong(`the population basis is ${type}, and ${name} is Boolean`);
  if (output.kind !== 'rows' || !output.rid) {
    throw new Unsupported(
      `population basis ${type} with ${name}, which is no list of resources (${place.toString()})`,
    );
  }
  if (output.resourceType && output.resourceType !== type) {
    throw place.wrong(`the population basis is ${type}, and ${name} is a list of ${output.resourceType}`);
  }
  return {
    sql: `select distinct pid, ${output.rid} as rid from ${output.table} where ${output.rid} is not null`,
  };
}

function constant(output: DefineOutput, basis: Basis, place: Place): Membership {
  const all = output.value === 'true';
  if (basis.kind === 'subject')
    return { sql: `select pid from registry.subject${all ? '' : ' where false'}` };
  if (all)
    throw place.wrong(`define "${output.define}" of ${output.library} is the same list for every patient`);
  return { sql: 'select 0::integer as pid, 0::bigint as rid where false' };
}
