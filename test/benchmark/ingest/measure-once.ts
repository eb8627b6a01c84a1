import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadPaths } from '@catchment/ingest';
import { modelDemand } from '@catchment/population';
import { openWarehouse } from '@catchment/warehouse';
import { loadBaseline } from './typed-baseline';

/** One measurement in a process of its own: prints `{"cpu": seconds, "rss": bytes}`. */
async function measure(kind: string, input: string, output: string): Promise<void> {
  rmSync(output, { recursive: true, force: true });
  const start = process.cpuUsage();
  if (kind === 'baseline') {
    await loadBaseline(input, output, modelDemand);
  } else {
    const database = await openWarehouse(join(output));
    const report = await loadPaths({
      connection: database.main,
      dataDir: output,
      paths: [input],
      demand: modelDemand,
    });
    database.close();
    if (report.quarantined > 0) throw new Error(`${report.quarantined} resources were quarantined`);
  }
  const { user, system } = process.cpuUsage(start);
  const rss = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(`${JSON.stringify({ cpu: (user + system) / 1e6, rss })}\n`);
}

void measure(process.argv[2]!, process.argv[3]!, process.argv[4]!);
