import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';

/** Where finished reports are laid: `DATA_DIR/outbox`. */
export function outboxFolder(dataDir: string): string {
  return join(dataDir, 'outbox');
}

/**
 * Lays a delivery into the outbox as one folder, whole or not at all: the files are written beside it and the folder
 * appears by a rename. A folder that is already there was finished by an earlier attempt, and is left as it is.
 *
 * @param name name of the folder, unique to the delivery
 * @param write writes its files into the folder that it is given
 * @returns paths below the outbox
 * @throws Diagnostic when the outbox can't be written.
 */
export async function layInOutbox(
  dataDir: string,
  name: string,
  write: (folder: string) => Promise<void>,
): Promise<string[]> {
  const outbox = outboxFolder(dataDir);
  const finished = join(outbox, name);
  if (await exists(finished)) return filesOf(outbox, name);

  const draft = await draftFolder(outbox);
  try {
    await write(draft);
    await rename(draft, finished);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  return filesOf(outbox, name);
}

async function draftFolder(outbox: string): Promise<string> {
  try {
    await mkdir(outbox, { recursive: true });
    return await mkdtemp(join(outbox, '.draft-'));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Diagnostic(`the outbox folder can't be written (${code}): ${outbox}`, {}, { cause });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    // Whatever keeps the folder from being seen also keeps it from being written, and is told there.
    return false;
  }
}

async function filesOf(outbox: string, name: string): Promise<string[]> {
  const files = await readdir(join(outbox, name));
  return files.sort().map((file) => `${name}/${file}`);
}
