import type { Command } from 'commander';
import {
  explainPatient,
  explainPlan,
  readMeasurementPeriod,
  type ExplainedResult,
  type Explanation,
} from '@catchment/measures';
import { Diagnostic, readSettings, systemClock } from '@catchment/platform';
import { openWarehouse } from '@catchment/warehouse';

interface ExplainOptions {
  measure: string;
  patient?: string;
  source?: string;
  json?: true;
  plan?: true;
  period?: string;
}

/** `catchment explain`: why a patient counts where in a measure, or the SQL of a measure. */
export function register(program: Command): void {
  program
    .command('explain')
    .description(
      'Explain the results of a patient in a measure, from the last evaluation; or the SQL of a measure',
    )
    .requiredOption('--measure <id>', 'id of an imported measure')
    .option('--patient <id>', 'FHIR id of the Patient')
    .option('--source <name>', 'data source of the patient, when several have one of this id')
    .option('--json', 'print as JSON')
    .option('--plan', 'print the SQL of the measure instead; needs no data')
    .option('--period <start/end>', 'measurement period of the plan (default: the current calendar year)')
    .action(run);
}

async function run(options: ExplainOptions): Promise<void> {
  const { dataDir } = readSettings();
  if (options.plan) {
    const now = systemClock.now().toISOString();
    const year = now.slice(0, 4);
    const period = readMeasurementPeriod(options.period ?? `${year}-01-01/${year}-12-31`);
    const request = { dataDir, measureId: options.measure, period, evaluatedAt: now.replace(/Z$/, '') };
    process.stdout.write(`${explainPlan(request)}\n`);
    return;
  }
  if (options.patient === undefined) throw new Diagnostic('explain needs --patient, or --plan');
  const database = await openWarehouse(dataDir);
  try {
    const explanation = await explainPatient(database.main, {
      measureId: options.measure,
      patientId: options.patient,
      source: options.source,
    });
    process.stdout.write(
      options.json ? `${JSON.stringify(explanation, null, 2)}\n` : explanationText(explanation),
    );
  } finally {
    database.close();
  }
}

function explanationText({ patient, title, run: of, notEvaluated, groups, defines }: Explanation): string {
  const head = `Patient ${patient.id} (${patient.source}): ${title}, ${of.periodStart} to ${of.periodEnd}`;
  if (notEvaluated !== undefined) return `${head}\n\nnot evaluated: ${notEvaluated}\n`;
  const lines = [
    head,
    ...groups.flatMap(({ groupId, members }) => [
      '',
      `${groupId}: ${members.length === 0 ? 'not in the initial population' : ''}`.trimEnd(),
      ...members.flatMap(({ episode, populations, observation }) => [
        ...(episode ? [`  ${episode.type}/${episode.id}`] : []),
        ...Object.entries(populations).map(([code, value]) => `    ${mark(value)} ${code}`),
        ...(observation === undefined ? [] : [`    observation ${observation}`]),
      ]),
    ]),
    ...defines.flatMap(defineLines),
  ];
  return `${lines.join('\n')}\n`;
}

function defineLines({ library, define, kind, value, evidence, cql }: ExplainedResult): string[] {
  const held = evidence.map(({ type, id }) => `${type}/${id}`).join(', ');
  const answer = kind === 'boolean' ? String(value) : value ? 'has a result' : 'has none';
  return [
    '',
    `${mark(value)} ${library}."${define}": ${answer}${held ? `: ${held}` : ''}`,
    ...(cql ?? '').split('\n').map((line) => `      ${line}`),
  ];
}

/** Sign of a truth value: plus, minus, question mark for null. */
function mark(value: boolean | null): string {
  if (value === null) return '?';
  return value ? '+' : '-';
}
