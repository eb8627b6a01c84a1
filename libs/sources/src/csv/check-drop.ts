import { systemClock, type Settings } from '@catchment/platform';
import type { CsvConfiguration, Source } from '@catchment/store';
import { dropFolder, look, prepareDropFolder } from '../folder/drop-folder';
import { checkExtract, type ExtractCheck } from './check-extract';
import { ShrinkRefused } from './convert/find-missing';
import type { Mapping } from './mapping/mapping-schema';
import { RefusedFile } from './read/decode';
import { stagingFolder } from './staging-folder';

/** What a mapping makes of the files that wait in the folder of a source. */
export interface DropCheck {
  /** Names of the files. */
  files: string[];
  check: ExtractCheck | undefined;
  /** Why a run would refuse them all; null: it would not. */
  refused: string | null;
}

/**
 * Tries a mapping with the first rows of the files that wait; they stay, and nothing is loaded.
 * @param mostRows of each file
 */
export async function checkDrop(
  { name, configuration }: Pick<Source, 'name'> & { configuration: CsvConfiguration },
  mapping: Mapping,
  settings: Settings,
  mostRows: number,
): Promise<DropCheck> {
  const folder = dropFolder(settings.dataDir, name, configuration);
  prepareDropFolder(folder, configuration, settings);
  const { files } = look(folder);
  const names = files.map((file) => file.name);
  if (files.length === 0) return { files: names, check: undefined, refused: null };
  const staging = stagingFolder(settings.dataDir, 'check', systemClock.now());
  try {
    const check = await checkExtract({ source: name, mapping, files, folder: staging, mostRows });
    return { files: names, check, refused: null };
  } catch (error) {
    if (!(error instanceof RefusedFile) && !(error instanceof ShrinkRefused)) throw error;
    return { files: names, check: undefined, refused: error.message };
  }
}
