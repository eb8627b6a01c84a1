import type { Role, Scope } from '@catchment/store';

/** Who is signed in, as request handlers see it. */
export interface Principal {
  id: string;
  email: string;
  displayName: string;
  role: Role;
  /** Whose patients this person may see. Every query about patients takes it. */
  scope: Scope;
}
