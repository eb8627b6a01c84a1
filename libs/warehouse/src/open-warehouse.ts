import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import { Database, type DatabaseOptions } from './database';
import { prepareWarehouse } from './schema';

/** The one file of the clinical warehouse; one process owns it at a time. */
export function warehouseFile(dataDir: string): string {
  return join(dataDir, 'warehouse', 'catchment.duckdb');
}

/**
 * Opens the clinical warehouse for writing, created and brought to this version where needed.
 * @throws Diagnostic when another process has it open, when the folder cannot be written or when the file was
 *   written by a newer version.
 */
export async function openWarehouse(
  dataDir: string,
  options: Omit<DatabaseOptions, 'readOnly'> = {},
): Promise<Database> {
  const file = warehouseFile(dataDir);
  try {
    mkdirSync(join(dataDir, 'warehouse'), { recursive: true });
  } catch (error) {
    throw new Diagnostic(`the data folder cannot be written: ${reason(error)}`, {}, { cause: error });
  }
  const database = await openFile(file, options);
  try {
    await prepareWarehouse(database.main);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

async function openFile(file: string, options: DatabaseOptions): Promise<Database> {
  try {
    return await Database.open(file, options);
  } catch (error) {
    const text = reason(error);
    if (text.includes('Could not set lock') || text.includes('already attached')) {
      const owner = /PID (\d+)/.exec(text)?.[1];
      throw new Diagnostic(
        `another process${owner ? ` (${owner})` : ''} has the warehouse open; stop it, or let it do this work`,
        { file },
        { cause: error },
      );
    }
    throw new Diagnostic(`the warehouse cannot be opened: ${text}`, { file }, { cause: error });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
