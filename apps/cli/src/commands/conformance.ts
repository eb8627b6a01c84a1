import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  conformanceJson,
  conformancePage,
  conformanceTable,
  readVerdicts,
  regressions,
  runConformance,
  staleVerdicts,
  type Baseline,
} from '@catchment/measures';
import type { ProfileMode } from '@catchment/cql';
import { Diagnostic, projectRoot, readSettings, writeFileAtomic } from '@catchment/platform';

interface ConformanceOptions {
  content: string;
  measure?: string[];
  vocabulary?: string[];
  emptyValueSet?: string[];
  package?: string[];
  models?: string[];
  work?: string;
  profileMode: ProfileMode;
  retranslate?: true;
  pruning: boolean;
  evaluatedAt: string;
  json?: string;
  page?: string | false;
  baseline?: string;
}

/** `catchment conformance`: the published test cases of a content repository, set-based. */
export function register(program: Command): void {
  program
    .command('conformance')
    .description("Run a content repository's published test cases and compare")
    .requiredOption('--content <folder>', 'content repository with input/tests/measure')
    .option('--measure <name...>', 'only folders whose name contains one of these')
    .option('--vocabulary <folder...>', 'value sets that complete what the repository lacks')
    .option('--empty-value-set <canonical...>', 'value sets that are published nowhere, to be taken as empty')
    .option('--package <path...>', 'packages of measures that have cases, but no Measure in the repository')
    .option('--models <folder...>', 'folders with model infos')
    .option('--work <folder>', 'keeps translated libraries between runs (default: conformance in DATA_DIR)')
    .addOption(
      new Option('--profile-mode <mode>', 'what a retrieve by profile looks at')
        .choices(['profile', 'discriminator', 'both'])
        .default('profile'),
    )
    .option('--retranslate', 'translate CQL also where the content has ELM')
    .option('--no-pruning', 'also compute what the data of the cases cannot have; the results are the same')
    .option('--evaluated-at <instant>', 'the instant of Now()', instant, '2026-12-31T00:00:00.000')
    .option('--json <file>', 'write the outcome as JSON; - for standard output')
    .option('--page <file>', 'the page to write (default: docs/conformance.md after a run of all measures)')
    .option('--no-page', 'write no page')
    .option('--baseline <file>', 'an earlier --json: exit code 1 when a measure is worse')
    .action(run);
}

async function run(options: ConformanceOptions): Promise<void> {
  const verdicts = readVerdicts(join(projectRoot(), 'docs', 'conformance-verdicts.json'));
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  const { outcome, notes } = await runConformance({
    content: resolve(options.content),
    workDir: resolve(options.work ?? join(readSettings().dataDir, 'conformance')),
    measures: options.measure,
    vocabulary: options.vocabulary,
    emptyValueSets: options.emptyValueSet,
    packages: options.package,
    models: options.models,
    profileMode: options.profileMode,
    retranslate: options.retranslate,
    pruning: options.pruning,
    evaluatedAt: options.evaluatedAt,
    onMeasure: ({ name, cases, right, reasons, seconds }, done, of) => {
      const why = reasons.length > 0 ? `; ${reasons[0]!.reason}` : '';
      process.stderr.write(
        `${done}/${of} ${name}: ${right} of ${cases} right (${seconds.toFixed(1)} s)${why}\n`,
      );
    },
  });
  const json = `${JSON.stringify(conformanceJson(outcome), null, 2)}\n`;
  if (options.json === '-') process.stdout.write(json);
  else process.stdout.write(conformanceTable(outcome));
  if (options.json !== undefined && options.json !== '-') writeFileAtomic(resolve(options.json), json);
  const page = options.page ?? (options.measure ? false : join(projectRoot(), 'docs', 'conformance.md'));
  if (page !== false) {
    const { profileMode } = options;
    const facts = { content: basename(resolve(options.content)), profileMode, notes, verdicts };
    writeFileAtomic(resolve(page), conformancePage(outcome, facts));
  }
  for (const stale of staleVerdicts(outcome, verdicts)) {
    process.stderr.write(`${stale.measure} ${stale.case} is right now: its verdict can go\n`);
  }
  for (const worse of baseline ? regressions(outcome, baseline) : []) {
    process.stderr.write(`worse than the baseline: ${worse}\n`);
    process.exitCode = 1;
  }
}

function readBaseline(file: string): Baseline {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Baseline;
  } catch (cause) {
    throw new Diagnostic('the baseline cannot be read', { file }, { cause });
  }
}

function instant(text: string): string {
  if (Number.isNaN(Date.parse(`${text.replace(/Z$/, '')}Z`)))
    throw new InvalidArgumentError('must be an instant, ISO 8601');
  return text.replace(/Z$/, '');
}
