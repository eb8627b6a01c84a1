import type { DemoUser, Session as SessionAnswer } from '../../../apps/api/src/clinical/contract';

export type { DemoUser };
export type Role = SessionAnswer['role'];

export interface SignedInUser {
  email: string;
  name: string;
  role: Role;
  /** What the person may do, as `action:subject`. */
  abilities: string[];
}

export interface Session {
  user: SignedInUser;
}

export interface SignedOut {
  user: null;
  /** Accounts that the API offers in demo mode. */
  demoUsers?: DemoUser[];
}

/** The signed-in person as the API tells it. */
export function sessionOf({ email, displayName, role, abilities }: SessionAnswer): Session {
  return { user: { email, name: displayName, role, abilities } };
}

export interface Credentials {
  email: string;
  password: string;
}

/** What a role is called in front of people. */
export function roleText(role: Role): string {
  switch (role) {
    case 'manager':
      return 'Practice manager';
    case 'quality':
      return 'Quality team';
    case 'coordinator':
      return 'Care coordinator';
    case 'admin':
      return 'Administrator';
  }
}
