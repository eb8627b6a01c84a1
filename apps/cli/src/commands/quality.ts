import type { Command } from 'commander';
import { Diagnostic, readSettings } from '@catchment/platform';
import {
  readMeasureQuality,
  readQuality,
  readUnmappedCodes,
  shareText,
  type Finding,
  type UnmappedCode,
} from '@catchment/quality';
import { MartsReader, type Connection } from '@catchment/warehouse';
import { columns } from '../columns';

interface QualityOptions {
  measure?: string;
  codes?: true;
  json?: true;
}

/** `catchment quality`: whether the published numbers can be trusted. */
export function register(program: Command): void {
  program
    .command('quality')
    .description('Grades of sources and measures of the published data, and why (docs/data-quality.md)')
    .option('--measure <id>', 'what one measure reads, and what is wrong with it')
    .option('--codes', 'codes that measures look for and no value set knows, by patients')
    .option('--json', 'print it as JSON')
    .action(async (options: QualityOptions) => {
      if (options.measure !== undefined && options.codes)
        throw new Diagnostic('--measure and --codes are two questions: ask one');
      const marts = new MartsReader(readSettings().dataDir);
      try {
        process.stdout.write(await marts.read((connection) => answer(connection, options)));
      } finally {
        marts.close();
      }
    });
}

async function answer(connection: Connection, { measure, codes, json }: QualityOptions): Promise<string> {
  if (codes) {
    const list = await readUnmappedCodes(connection);
    return json ? jsonText(list) : codesText(list);
  }
  if (measure !== undefined) {
    const quality = await readMeasureQuality(connection, measure);
    if (!quality) throw new Diagnostic(`no published measure "${measure}" has a grade`);
    return json ? jsonText(quality) : measureText(quality);
  }
  const quality = await readQuality(connection);
  return json ? jsonText(quality) : overviewText(quality);
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function overviewText({ sources, measures, findings }: Awaited<ReturnType<typeof readQuality>>): string {
  return [
    columns([
      ['grade', 'usable', 'patients', 'resources', 'source'],
      ...sources.map((each) => [
        each.grade,
        scoreText(each.score),
        each.patients,
        each.resources,
        each.source,
      ]),
    ]),
    '\n',
    columns([
      ['grade', 'usable', 'measure', 'why'],
      ...measures.map((each) => [each.grade, scoreText(each.score), each.measureId, each.reason]),
    ]),
    findings.length > 0 ? '\n' : '',
    ...findings.map((finding) => `${findingText(finding)}\n`),
  ].join('');
}

function findingText({ severity, source, type, affected, total, sentence, examples }: Finding): string {
  const ids = examples.length > 0 ? ` (${examples.join(', ')})` : '';
  // A late feed is no share of anything.
  if (total === null) return `${severity}: ${source}: ${sentence}`;
  const share = `${shareText(affected, total)} of ${type ?? 'all resources'}`;
  return `${severity}: ${source}: ${share} ${sentence}: ${affected} of ${total}${ids}`;
}

function measureText(quality: NonNullable<Awaited<ReturnType<typeof readMeasureQuality>>>): string {
  return [
    `${quality.grade}  ${quality.title}: ${quality.reason}\n\n`,
    columns([
      ['resources', 'usable', 'weight', 'type', 'what'],
      ...quality.inputs.map((each) => [
        each.resources,
        each.resources === 0 ? '-' : scoreText(each.usable / each.resources),
        each.weight,
        each.type,
        each.name,
      ]),
    ]),
    ...quality.findings.map(
      ({ severity, affected, total, name, sentence }) =>
        `${severity}: ${shareText(affected, total)} of "${name}" ${sentence}: ${affected} of ${total}\n`,
    ),
  ].join('');
}

function codesText(codes: readonly UnmappedCode[]): string {
  if (codes.length === 0) return 'no code waits for a mapping\n';
  return columns([
    ['patients', 'type', 'system', 'code', 'display', 'looks like', 'may mean'],
    ...codes.map(({ patients, type, system, code, display, likeness, target }) => [
      patients,
      type,
      system ?? '(none)',
      code,
      display ?? '',
      likeness,
      target ? `${target.code} of ${target.system}` : '',
    ]),
  ]);
}

function scoreText(score: number | null): string {
  return score === null ? '-' : `${(Math.floor(score * 1000) / 10).toFixed(1)} %`;
}
