import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Diagnostic } from '@catchment/platform';
import { Database, type DatabaseOptions } from './database';
import { prepareWarehouse } from './schema';

/** The one file of the clinical warehouse; one process owns it at a time. */
export function warehouseFile(dataDir: string): string {
  return join(dataDir, 'warehouse', 'catchment.duckdb');
}

/** Another process has the warehouse open. */
export class WarehouseInUse extends Diagnostic {}

/**
 * Opens the clinical warehouse for writing, created and brought to this version where needed.
 * @throws WarehouseInUse when another process has it open; Diagnostic when the folder cannot be written or when the file was
 *   written by a newer version.
 */
export async function openWarehouse(
  dataDir: string,
  options: Omit<DatabaseOptions, 'readOnly'> = {},
): Promise<Database> {
  return openWarehouseFile(warehouseFile(dataDir), options);
}

/** Opens a file as a warehouse that may take the place of the one. */
export async function openWarehouseFile(
  file: string,
  options: Omit<DatabaseOptions, 'readOnly'> = {},
): Promise<Database> {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new Diagnostic(`the data folder cannot be written: ${reason(error)}`, {}, { cause: error });
  }
  const database = await openFile(file, options);
  try {
    if (!options.tempDirectory) removeSpilled(file);
    await prepareWarehouse(database.main);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** One process owns the file: what lies beside it for lack of memory was left by one that was killed. */
function removeSpilled(file: string): void {
  rmSync(`${file}.tmp`, { recursive: true, force: true });
}

async function openFile(file: string, options: DatabaseOptions): Promise<Database> {
  try {
    return await Database.open(file, options);
  } catch (error) {
    const text = reason(error);
    if (text.includes('Could not set lock') || text.includes('already attached')) {
      const owner = /PID (\d+)/.exec(text)?.[1];
      throw new WarehouseInUse(
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
