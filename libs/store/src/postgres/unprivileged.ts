import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** nobody: the user that has no rights of its own. */
const nobody = 65534;

/** How to run a program that refuses to run as root. */
export interface Unprivileged {
  command: string;
  args: string[];
  uid?: number;
  gid?: number;
}

/**
 * PostgreSQL refuses to run as root. In a container we often are: then it runs in a user namespace in which root is
 * called nobody (files keep their owner), or, where the kernel forbids that, really as nobody, who then has to own
 * the folder.
 */
export function unprivileged(command: string, args: string[], ownedFolder: string): Unprivileged {
  if (process.getuid?.() !== 0) return { command, args };
  if (userNamespaces()) {
    return {
      command: 'unshare',
      args: ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--', command, ...args],
    };
  }
  giveToNobody(ownedFolder);
  return { command, args, uid: nobody, gid: nobody };
}

let available: boolean | undefined;

function userNamespaces(): boolean {
  available ??=
    spawnSync('unshare', ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--', 'true']).status ===
    0;
  return available;
}

function giveToNobody(path: string): void {
  const stat = lstatSync(path);
  if (stat.uid !== nobody) chownSync(path, nobody, nobody);
  if (stat.isDirectory()) for (const entry of readdirSync(path)) giveToNobody(join(path, entry));
}
