import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Diagnostic, readSettings, type Settings } from '@catchment/platform';
import {
  checkAttributionRule,
  defaultAttributionRule,
  importRoster,
  previewAttribution,
  readRuleVersion,
  setRule,
  type AttributionPreview,
} from '@catchment/population';
import { openStore, type Store } from '@catchment/store';
import { MartsReader } from '@catchment/warehouse';
import { columns } from '../columns';
import { warehouseOf } from '../use-warehouse';

interface Decider {
  by: string;
  reason: string;
}

/** `catchment attribution`: which provider and site answer for whom. */
export function register(program: Command): void {
  const attribution = program
    .command('attribution')
    .description('Which provider and site answer for whom (docs/attribution.md)');
  attribution
    .command('rule')
    .description('Show the rule, or choose another one, which holds from the next evaluation on')
    .option('--set <file>', 'JSON file; what it leaves out is as in the default')
    .option('--by <email>', 'who chooses it')
    .option('--reason <text>', 'why')
    .action((options: Partial<Decider> & { set?: string }) => rule(options));
  attribution
    .command('preview <file>')
    .description('Show how many published patients a rule (JSON file) would move, from which site to which')
    .option('--json', 'print the counts as JSON')
    .action(async (file: string, { json }: { json?: true }) => {
      const tried = checkAttributionRule(readJson(file));
      const marts = new MartsReader(readSettings().dataDir);
      try {
        const preview = await marts.read((connection) => previewAttribution(connection, tried));
        process.stdout.write(json ? `${JSON.stringify(preview)}\n` : describe(preview));
      } finally {
        marts.close();
      }
    });
  attribution
    .command('roster <file>')
    .description('Import a roster (CSV: source,patient,provider,site), whole or not at all')
    .requiredOption('--from <date>', 'first day that it holds, as 2026-01-01')
    .requiredOption('--by <email>', 'who imports it')
    .action(async (file: string, { from, by }: { from: string; by: string }) => {
      await withStore(async (store, settings) => {
        const patients = await warehouseOf(settings.dataDir)((connection) =>
          importRoster({
            connection,
            dataSource: store.dataSource,
            path: resolve(file),
            effectiveFrom: from,
            by,
          }),
        );
        process.stdout.write(`${patients} patients of the roster hold from ${from} on\n`);
      });
    });
}

async function rule({ set, by, reason }: Partial<Decider> & { set?: string }): Promise<void> {
  await withStore(async (store) => {
    if (set !== undefined) {
      if (!by || !reason) throw new Diagnostic('choosing a rule needs --by and --reason');
      const chosen = checkAttributionRule(readJson(set));
      const { version } = await setRule(store.dataSource, 'attribution', chosen, { by, reason });
      process.stderr.write(`version ${version} holds from the next evaluation on\n`);
    }
    const version = await readRuleVersion(store.dataSource, 'attribution');
    process.stdout.write(`${JSON.stringify(version?.rule ?? defaultAttributionRule, null, 2)}\n`);
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Diagnostic('the rule cannot be read as JSON', { file }, { cause: error });
  }
}

async function withStore(work: (store: Store, settings: Settings) => Promise<void>): Promise<void> {
  const settings = readSettings();
  const store = await openStore(settings);
  try {
    await work(store, settings);
  } finally {
    await store.close();
  }
}

function describe({ patients, moved, otherSite, otherProvider, moves }: AttributionPreview): string {
  const rows = moves.map(({ from, to, patients: n }) => [from?.name ?? '(none)', to?.name ?? '(none)', n]);
  return [
    `of ${patients} patients ${moved} would move: ${otherSite} to another site, ${otherProvider} to another provider\n`,
    ...(rows.length > 0 ? [columns([['from', 'to', 'patients'], ...rows])] : []),
  ].join('');
}
