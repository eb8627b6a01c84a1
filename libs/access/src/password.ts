import { hash, verify } from '@node-rs/argon2';
import { Diagnostic } from '@catchment/platform';

/** argon2id with OWASP's parameters: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const shortest = 12;

/**
 * Hashes a new password.
 * @throws Diagnostic when it has fewer than 12 characters.
 */
export async function hashPassword(password: string): Promise<string> {
  if ([...password].length < shortest)
    throw new Diagnostic(`a password needs at least ${shortest} characters`);
  return hash(password, parameters);
}

let decoy: Promise<string> | undefined;

/**
 * Compares a password with a stored hash. Without a hash (nobody has that name) it takes as long and says no, so that
 * the time of an answer does not tell which names exist.
 */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  if (stored !== undefined) return verify(stored, password);
  decoy ??= hash('nobody has this password', parameters);
  await verify(await decoy, password);
  return false;
}
