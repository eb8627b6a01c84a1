import { appointments } from './appointments';
import { coverages } from './coverages';
import { diagnoses } from './diagnoses';
import { encounters } from './encounters';
import { immunizations } from './immunizations';
import type { Kind } from './kind';
import { medications } from './medications';
import { observations } from './observations';
import { patients } from './patients';
import { procedures } from './procedures';
import { organizations, practitioners } from './providers';

/** The kinds of tables that an extract may have, in the order in which they are read. */
export const kinds = {
  organizations,
  practitioners,
  patients,
  coverages,
  encounters,
  diagnoses,
  observations,
  medications,
  immunizations,
  procedures,
  appointments,
} satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as KindName[];

export function isKind(name: string): name is KindName {
  return Object.hasOwn(kinds, name);
}
