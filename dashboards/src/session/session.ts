/** The JSON shapes of /api/session. */

export type Role = 'manager' | 'quality' | 'coordinator' | 'admin';

export interface SignedInUser {
  email: string;
  name: string;
  role: Role;
}

/** A seeded account, told by the API in demo mode only. */
export interface DemoUser {
  email: string;
  name: string;
  role: Role;
  password: string;
}

export interface Session {
  user: SignedInUser;
  demoUsers?: DemoUser[];
}

export interface SignedOut {
  user: null;
  demoUsers?: DemoUser[];
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
