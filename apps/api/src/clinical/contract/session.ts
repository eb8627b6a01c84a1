/** POST (sign in) and GET /api/session; GET answers 401 when nobody is signed in. */
export interface Session {
  email: string;
  displayName: string;
  role: 'manager' | 'quality' | 'coordinator' | 'admin';
  /** What the person may do, as `action:subject`, for example `change:Target`. */
  abilities: string[];
}

/** GET /api/session/demo-users, also for who is not signed in: the demo's accounts, none outside a demo. */
export interface DemoUser {
  email: string;
  displayName: string;
  role: Session['role'];
  password: string;
}

/** Every error: application/problem+json. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
}
