import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainPlan, importStarter, listMeasures, readMeasurementPeriod } from '@catchment/measures';
import { projectRoot } from '@catchment/platform';
import { openWarehouse } from '@catchment/warehouse';

/** Where the compiled SQL of the starter measures is committed, a file per measure. */
export const compiledFolder = join(projectRoot(), 'sql', 'compiled');

/** Pinned, so that the text depends on nothing but the measures and the compiler. */
const period = readMeasurementPeriod('2025-01-01/2025-12-31');
const evaluatedAt = '2026-01-15T00:00:00';

/** The SQL of every starter measure as an evaluation of 2025 runs it, by file name; the CQL is translated anew. */
export async function compileStarterMeasures(): Promise<Map<string, string>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'catchment-compiled-'));
  try {
    const database = await openWarehouse(dataDir);
    try {
      await importStarter(database.main, dataDir);
    } finally {
      database.close();
    }
    const files = listMeasures(dataDir).map(({ measureId, version }): [string, string] => {
      const heading = `-- ${measureId} ${version}, measurement period 2025. Generated: npm run -s compiled`;
      const sql = explainPlan({ dataDir, measureId, period, evaluatedAt });
      return [`${measureId}.sql`, `${heading}\n${sql}`];
    });
    return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}
