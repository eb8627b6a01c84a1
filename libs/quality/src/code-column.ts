import { findElement, primaryCodePath } from '@catchment/fhir';
import type { TypedColumns } from './typed-columns';

/** The column of a typed table by which retrieves select. */
export interface CodeColumn {
  name: string;
  /** It holds lists of concepts. */
  listed: boolean;
}

/** Undefined where the type has none, or none is stored. */
export function codeColumn(typed: TypedColumns, type: string): CodeColumn | undefined {
  const path = primaryCodePath(type);
  const columns = typed.get(type);
  if (!path || !columns) return undefined;
  const name = [path, `${path}CodeableConcept`].find((each) => columns.get(each) === 'UBIGINT');
  return name === undefined ? undefined : { name, listed: findElement(type, path)?.list === true };
}
