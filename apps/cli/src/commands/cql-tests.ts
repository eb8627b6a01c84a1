import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readSuite, runSuite, suitePage, suiteReport, suiteTable, translateSuite } from '@catchment/measures';

interface CqlTestsOptions {
  page?: string;
  json?: string | true;
}

/** `catchment cql-tests`: the CQL specification's own suite through translator, compiler and DuckDB. */
export function register(program: Command): void {
  program
    .command('cql-tests')
    .description("Run the CQL specification's test suite through the compiler and DuckDB")
    .argument('<folder>', "the suite's XML files")
    .option('--json [file]', 'write the report as JSON to a file, or to standard output')
    .option('--page <file>', 'write the page of the documentation')
    .action(async (folder: string, options: CqlTestsOptions) => {
      const tests = readSuite(resolve(folder));
      const translation = await translateSuite(tests, process.stderr.isTTY ? drawProgress : undefined);
      const report = suiteReport(await runSuite(tests, translation));
      if (options.page) writeFileSync(resolve(options.page), suitePage(report));
      const json = `${JSON.stringify(report, null, 2)}\n`;
      if (options.json === true) process.stdout.write(json);
      else {
        if (options.json) writeFileSync(resolve(options.json), json);
        process.stdout.write(suiteTable(report));
      }
      // Wrong results, and a skip list that is longer than it need be, are something to put right.
      if (report.totals.wrong > 0 || report.totals.unsupported > 0 || report.stale.length > 0)
        process.exitCode = 1;
    });
}

function drawProgress(done: number, of: number): void {
  process.stderr.write(`\rtranslating ${done}/${of}${done === of ? '\n' : ''}`);
}
