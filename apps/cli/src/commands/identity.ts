import { readFileSync } from 'node:fs';
import { InvalidArgumentError, type Command } from 'commander';
import { Diagnostic, readSettings, type Settings } from '@catchment/platform';
import {
  checkIdentityRule,
  decideIdentity,
  defaultIdentityRule,
  identifyPersons,
  readDecisionTrail,
  readReviewQueue,
  readRuleVersion,
  setRule,
  withdrawDecision,
  type IdentifyReport,
  type ReviewPair,
} from '@catchment/population';
import { openStore, type IdentityDecision, type IdentityVerdict, type Store } from '@catchment/store';
import { openWarehouse, WarehouseInUse } from '@catchment/warehouse';
import { columns } from '../columns';
import { warehouseOf } from '../use-warehouse';

interface Decider {
  by: string;
  reason: string;
}

/** `catchment identity`: which records of which sources are one person. Records are named by their opaque ids. */
export function register(program: Command): void {
  const identity = program
    .command('identity')
    .description('Which records of which sources are one person (docs/identity.md)');
  identity
    .command('match')
    .description('Compare all records, follow the decisions of people, and bring the patients in line')
    .option('--json', 'print the counts as JSON')
    .action(async ({ json }: { json?: true }) => {
      const report = await withStore((store, settings) =>
        warehouseOf(settings.dataDir)((connection) =>
          identifyPersons(connection, settings.dataDir, store.dataSource, true),
        ),
      );
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : describeReport(report));
    });
  identity
    .command('review')
    .description('List the pairs of records that somebody has to look at, without names')
    .option('--limit <n>', 'at most so many', wholeNumber, 50)
    .option('--json', 'print them as JSON')
    .action(async ({ limit, json }: { limit: number; json?: true }) => {
      const pairs = await warehouseOf(readSettings().dataDir)((connection) =>
        readReviewQueue(connection, limit),
      );
      process.stdout.write(json ? `${JSON.stringify(pairs)}\n` : pairs.map(describePair).join('\n'));
    });
  decision(identity, 'merge', 'same', 'Decide that two records are one person');
  decision(
    identity,
    'split',
    'apart',
    'Decide that two records are two people, whatever the comparison says',
  );
  identity
    .command('undo <decision>')
    .description('Withdraw a decision: everything is as it was before it')
    .requiredOption('--by <email>', 'who decides')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, { by, reason }: Decider) => {
      await withStore(async (store, settings) => {
        await withdrawDecision(store.dataSource, id, { by, reason });
        process.stdout.write(`withdrawn; ${await follow(store, settings)}\n`);
      });
    });
  identity
    .command('decisions')
    .description('List what people decided, withdrawn decisions too')
    .option('--json', 'print them as JSON')
    .action(async ({ json }: { json?: true }) => {
      const trail = await withStore((store) => readDecisionTrail(store.dataSource));
      process.stdout.write(json ? `${JSON.stringify(trail)}\n` : trail.map(describeDecision).join(''));
    });
  identity
    .command('rule')
    .description('Show the rule that records are compared by, or choose another one')
    .option('--set <file>', 'JSON file; what it leaves out is as in the default')
    .option('--by <email>', 'who chooses it')
    .option('--reason <text>', 'why')
    .action((options: Partial<Decider> & { set?: string }) => rule(options));
}

function decision(identity: Command, name: string, verdict: IdentityVerdict, description: string): void {
  identity
    .command(`${name} <record> <other>`)
    .description(description)
    .requiredOption('--by <email>', 'who decides')
    .requiredOption('--reason <text>', 'why')
    .action(async (left: string, right: string, { by, reason }: Decider) => {
      await withStore(async (store, settings) => {
        const { id } = await decideIdentity(store.dataSource, { left, right, verdict, by, reason });
        process.stdout.write(`decision ${id}; ${await follow(store, settings)}\n`);
      });
    });
}

/** The decision holds whether the warehouse is free or not. */
async function follow(store: Store, { dataDir }: Settings): Promise<string> {
  let database;
  try {
    database = await openWarehouse(dataDir);
  } catch (error) {
    if (error instanceof WarehouseInUse) return 'the warehouse is in use and follows at the next evaluation';
    throw error;
  }
  try {
    const { records, persons } = await identifyPersons(database.main, dataDir, store.dataSource);
    return `${records} records are ${persons} ${persons === 1 ? 'person' : 'people'}; evaluate again to have results`;
  } finally {
    database.close();
  }
}

async function rule({ set, by, reason }: Partial<Decider> & { set?: string }): Promise<void> {
  await withStore(async (store) => {
    if (set !== undefined) {
      if (!by || !reason) throw new Diagnostic('choosing a rule needs --by and --reason');
      const chosen = checkIdentityRule(readJson(set));
      const { version } = await setRule(store.dataSource, 'identity', chosen, { by, reason });
      process.stderr.write(`version ${version} holds from the next comparison on\n`);
    }
    const version = await readRuleVersion(store.dataSource, 'identity');
    process.stdout.write(`${JSON.stringify(version?.rule ?? defaultIdentityRule, null, 2)}\n`);
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Diagnostic('the rule cannot be read as JSON', { file }, { cause: error });
  }
}

async function withStore<T>(work: (store: Store, settings: Settings) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const store = await openStore(settings);
  try {
    return await work(store, settings);
  } finally {
    await store.close();
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 to 999999');
  return Number(text);
}

function describeReport({ match, records, persons }: IdentifyReport): string {
  const rows: [string, number][] = [
    ['records', records],
    ['people', persons],
    ...(match
      ? ([
          ['pairs compared', match.compared],
          ['pairs held to be one person', match.same],
          ['pairs to be looked at', match.review],
          ['records of test patients, not compared', match.testRecords],
          ['keys that too many records share', match.skippedKeys],
        ] as [string, number][])
      : []),
  ];
  return columns(rows);
}

function describePair({
  left,
  right,
  leftSource,
  rightSource,
  score,
  evidence,
  contradictions,
}: ReviewPair): string {
  const findings = evidence.map(
    ({ field, outcome, weight }) => `${field} ${outcome} ${weight > 0 ? '+' : ''}${weight}`,
  );
  return [
    `${left} (${leftSource})  ${right} (${rightSource})  ${score} points`,
    `  ${findings.join(', ')}`,
    ...contradictions.map((each) => `  against it: ${each}`),
    '',
  ].join('\n');
}

function describeDecision(given: IdentityDecision): string {
  const { id, leftRecord, rightRecord, verdict, decidedAt, decidedBy, reason, withdrawnAt, withdrawnBy } =
    given;
  const withdrawn = withdrawnAt
    ? `; withdrawn ${withdrawnAt.toISOString()} by ${withdrawnBy}: ${given.withdrawnReason}`
    : '';
  return `${id}  ${leftRecord} ${verdict === 'same' ? 'is' : 'is not'} ${rightRecord}  ${decidedAt.toISOString()} by ${decidedBy}: ${reason}${withdrawn}\n`;
}
