import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { addAccount } from '@catchment/access';
import { Diagnostic, readSettings } from '@catchment/platform';
import { User, openStore, type Role, type Store } from '@catchment/store';

interface AddOptions {
  email: string;
  name: string;
  role: string;
  site?: string[];
  provider?: string[];
}

/** `catchment users`: who can sign in; works beside a running service. */
export function register(program: Command): void {
  const users = program.command('users').description('Who can sign in; works beside a running service');
  users
    .command('add')
    .description('Add somebody; the password is read from standard input')
    .requiredOption('--email <email>', 'the name to sign in with')
    .requiredOption('--name <name>', 'as it is shown')
    .requiredOption('--role <role>', 'manager, quality, coordinator or admin')
    .option('--site <id...>', 'sees the patients of these sites only')
    .option('--provider <id...>', 'sees the patients of these providers only')
    .action(async (options: AddOptions) => {
      const password = await readPassword();
      await withStore((store) =>
        addAccount(store, {
          email: options.email,
          displayName: options.name,
          // Anything else is refused, with the list of roles.
          role: options.role as Role,
          scope: { sites: options.site ?? 'all', providers: options.provider ?? 'all' },
          password,
        }),
      );
      process.stdout.write(`${options.email} can sign in\n`);
    });
  users
    .command('list')
    .description('List the accounts')
    .option('--json', 'print them as JSON')
    .action(async ({ json }: { json?: true }) => {
      const accounts = await withStore((store) =>
        store.dataSource.getRepository(User).find({ order: { email: 'ASC' } }),
      );
      const rows = accounts.map(({ email, displayName, role, scope, active, demo }) => ({
        email,
        displayName,
        role,
        scope,
        active,
        demo,
      }));
      process.stdout.write(json ? `${JSON.stringify(rows)}\n` : rows.map(describe).join(''));
    });
  users
    .command('disable <email>')
    .description('Let somebody sign in no more; open sessions end within seconds')
    .action(async (email: string) => {
      await withStore(async (store) => {
        const { affected } = await store.dataSource
          .getRepository(User)
          .update({ email: email.trim().toLowerCase() }, { active: false });
        if (affected === 0) throw new Diagnostic(`nobody has the account ${email}`);
      });
      process.stdout.write(`${email} can sign in no more\n`);
    });
}

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(readSettings());
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** One line of standard input; on a terminal it is asked for and not shown. */
async function readPassword(): Promise<string> {
  const terminal = process.stdin.isTTY;
  if (terminal) process.stderr.write('Password: ');
  // No output: what is typed is not echoed.
  const lines = createInterface({ input: process.stdin, terminal });
  try {
    for await (const line of lines) return line;
  } finally {
    lines.close();
    if (terminal) process.stderr.write('\n');
  }
  throw new Diagnostic('a password is expected on standard input');
}

function describe({
  email,
  displayName,
  role,
  active,
  demo,
}: Pick<User, 'email' | 'displayName' | 'role' | 'active' | 'demo'>): string {
  const notes = [demo ? 'demo' : '', active ? '' : 'disabled'].filter(Boolean).join(', ');
  return `${email.padEnd(32)}${role.padEnd(13)}${displayName.padEnd(24)}${notes}`.trimEnd() + '\n';
}
