import type { Scope } from '@catchment/store';

/** Does one scope show nothing that another does not? */
export function isWithin(inner: Scope, outer: Scope): boolean {
  return isPart(inner.sites, outer.sites) && isPart(inner.providers, outer.providers);
}

function isPart(inner: readonly string[] | 'all', outer: readonly string[] | 'all'): boolean {
  return outer === 'all' || (inner !== 'all' && inner.every((id) => outer.includes(id)));
}
