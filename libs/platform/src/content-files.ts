import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { contentLimits, type ContentFile } from './content-limits';
import { Diagnostic } from './failures';
import { tarFiles } from './tar-files';
import { zipFiles, type Expanded } from './zip-files';

/**
 * The files under a path: a file, a folder, an archive (zip, tgz); archives are entered wherever they lie. In folders, files
 * come before subfolders, both by name. `wanted` sees relative paths (of archives, too) and decides before anything
 * is read.
 *
 * @throws Diagnostic for a path that does not exist, an archive that is damaged, encrypted, leaves its folder or
 * unpacks beyond `contentLimits`.
 */
export async function* contentFiles(
  path: string,
  wanted: (relativePath: string) => boolean = () => true,
): AsyncGenerator<ContentFile> {
  const kind = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Diagnostic(`there is no file or folder ${path}`);
  });
  const counted = { files: 0 };
  if (kind.isDirectory()) yield* folderFiles(path, '', wanted, counted);
  else yield* file(path, path.split('/').at(-1)!, wanted, counted);
}

async function* folderFiles(
  root: string,
  folder: string,
  wanted: (relativePath: string) => boolean,
  counted: { files: number },
): AsyncGenerator<ContentFile> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const relative = folder + entry.name;
    yield* file(join(root, relative), relative, wanted, counted);
  }
  for (const entry of entries.filter((entry) => entry.isDirectory())) {
    yield* folderFiles(root, `${folder}${entry.name}/`, wanted, counted);
  }
}

async function* file(
  path: string,
  relative: string,
  wanted: (relativePath: string) => boolean,
  counted: { files: number },
): AsyncGenerator<ContentFile> {
  if (!wanted(relative)) return;
  if (++counted.files > contentLimits.files) {
    throw new Diagnostic(`more than ${contentLimits.files} files`, { file: relative });
  }
  const { size } = await stat(path);
  if (/\.(tgz|tar\.gz)$/i.test(relative)) {
    yield* tarFiles(await read(path, relative, size), relative, wanted);
  } else if (/\.zip$/i.test(relative)) {
    const expanded: Expanded = { bytes: 0, files: 0 };
    yield* zipFiles(await read(path, relative, size), relative, wanted, expanded, 1);
  } else {
    yield { path: relative, text: async () => (await read(path, relative, size)).toString('utf8') };
  }
}

async function read(path: string, relative: string, size: number): Promise<Buffer> {
  if (size > contentLimits.fileBytes) {
    throw new Diagnostic(
      `the file has ${size} bytes, more than the ${contentLimits.fileBytes} that are read`,
      {
        file: relative,
      },
    );
  }
  return readFile(path);
}
