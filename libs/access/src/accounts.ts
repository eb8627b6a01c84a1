import { Diagnostic } from '@catchment/platform';
import { User, roles, type Role, type Scope, type Store } from '@catchment/store';
import { hashPassword } from './password';

export interface NewAccount {
  email: string;
  displayName: string;
  role: Role;
  scope: Scope;
  password: string;
}

const everybody: Scope = { sites: 'all', providers: 'all' };

/** The demo's users. Their passwords are published: they are made only in a database that has no user at all. */
export const demoAccounts: readonly NewAccount[] = [
  account('manager', 'Morgan Reyes'),
  account('quality', 'Quinn Okafor'),
  account('coordinator', 'Casey Lindqvist'),
  account('admin', 'Alex Tanaka'),
];

function account(role: Role, displayName: string): NewAccount {
  return {
    email: `${role}@demo.example`,
    displayName,
    role,
    scope: everybody,
    password: `demo-${role}-2026`,
  };
}

/**
 * Makes the demo users in a database without users; else does nothing. Returns those that it made.
 * All or none: a process that is killed half-way leaves none.
 */
export async function seedDemoAccounts({
  dataSource,
}: Pick<Store, 'dataSource'>): Promise<readonly NewAccount[]> {
  const hashed = await Promise.all(
    demoAccounts.map(async ({ password, ...person }) => ({
      ...person,
      passwordHash: await hashPassword(password),
      demo: true,
    })),
  );
  return dataSource.transaction(async (manager) => {
    await manager.query('lock table catchment."user" in share row exclusive mode');
    if ((await manager.count(User)) > 0) return [];
    await manager.insert(User, hashed);
    return demoAccounts;
  });
}

/**
 * Adds somebody who can sign in.
 * @throws Diagnostic when the email is taken or no email, the role unknown or the password short.
 */
export async function addAccount(
  { dataSource }: Pick<Store, 'dataSource'>,
  person: NewAccount,
): Promise<void> {
  const email = person.email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Diagnostic(`"${person.email}" is no email address`);
  if (!roles.includes(person.role)) {
    throw new Diagnostic(`there is no role "${person.role}"; the roles are ${roles.join(', ')}`);
  }
  const users = dataSource.getRepository(User);
  if (await users.existsBy({ email })) throw new Diagnostic(`${email} already has an account`);
  const { displayName, role, scope } = person;
  await users.insert({ email, displayName, role, scope, passwordHash: await hashPassword(person.password) });
}
