import { rmSync } from 'node:fs';
import { Database } from '@catchment/warehouse';
import { convertExtract, type ConvertedExtract, type ExtractRequest } from './convert/convert-extract';
import { maskedSample } from './masked-sample';

/** What a trial found; tells no value of a patient. */
export interface ExtractCheck extends Omit<ConvertedExtract, 'paths' | 'deletions' | 'setAsideList'> {
  /** Did it stop after some rows of each file? */
  isPartial: boolean;
}

/**
 * Reads an extract as a load would, without loading it and without a look at what is known: which rows would be set
 * aside and why, how many resources come of it, and what one of each table looks like, without what identifies.
 * @param request its folder is gone afterwards
 * @throws Diagnostic when a file can not be read as a whole
 */
export async function checkExtract(request: ExtractRequest): Promise<ExtractCheck> {
  // The folder is emptied when reading begins: what does not fit into memory is laid beside it.
  const spill = `${request.folder}-spill`;
  const database = await Database.open(':memory:', { memoryLimit: '512MB', tempDirectory: spill });
  try {
    const { tables, ...rest } = await convertExtract(database.main, request, true);
    const { mostRows = Infinity } = request;
    return {
      setAside: rest.setAside,
      setAsideRows: rest.setAsideRows,
      unknown: rest.unknown,
      tables: tables.map((table) => ({
        ...table,
        sample: table.sample === null ? null : maskedSample(table.sample),
      })),
      isPartial: tables.some(({ rows, files }) => rows >= mostRows * files.length),
    };
  } finally {
    database.close();
    rmSync(request.folder, { recursive: true, force: true });
    rmSync(spill, { recursive: true, force: true });
  }
}
