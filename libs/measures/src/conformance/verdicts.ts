import { existsSync, readFileSync } from 'node:fs';
import { Diagnostic } from '@catchment/platform';
import type { ConformanceOutcome } from './outcome';

/** What a case that is not right is. */
const verdictClasses = {
  expectation: 'wrong expectation: the CQL, over the data of the case, does not give what the report states',
  data: 'fault in the data of the case',
  content: 'content that is published incompletely or nowhere',
  ours: 'gap of ours',
} as const;

export type VerdictClass = keyof typeof verdictClasses;

/** Why a case is not right, by people who looked (`docs/conformance-verdicts.json`). */
export interface Verdict {
  measure: string;
  /** Name of the case's folder. */
  case: string;
  class: VerdictClass;
  reason: string;
}

/**
 * Reads a file of verdicts; none when there is no file.
 * @throws Diagnostic for a file that is no list of verdicts.
 */
export function readVerdicts(file: string): Verdict[] {
  if (!existsSync(file)) return [];
  const verdicts = JSON.parse(readFileSync(file, 'utf8')) as Verdict[];
  for (const { measure, case: name, class: kind, reason } of verdicts) {
    if (!measure || !name || !reason || !(kind in verdictClasses))
      throw new Diagnostic(`the verdict on ${measure} ${name} lacks a part or has an unknown class`, {
        file,
      });
  }
  return verdicts;
}

/** Verdicts on cases of the measures that were run which are right now: they go. */
export function staleVerdicts({ measures }: ConformanceOutcome, verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter((verdict) => {
    const run = measures.find(({ name }) => name === verdict.measure);
    return run !== undefined && !run.failures.some((failure) => failure.case === verdict.case);
  });
}

/** How many of the cases that are not right each class explains, as Markdown; empty when all are right. */
export function verdictSummary({ measures }: ConformanceOutcome, verdicts: readonly Verdict[]): string[] {
  const wrong = measures.flatMap(({ name, failures }) =>
    [...new Set(failures.map((failure) => failure.case))].map((each) => verdictOf(verdicts, name, each)),
  );
  if (wrong.length === 0) return [];
  const rows = Object.entries(verdictClasses).map(
    ([kind, title]) => `| ${title} | ${wrong.filter((verdict) => verdict?.class === kind).length} |`,
  );
  const open = wrong.filter((verdict) => verdict === undefined).length;
  return [
    '| what a wrong case is | cases |',
    '|---|---:|',
    ...rows,
    ...(open > 0 ? [`| not looked at yet | ${open} |`] : []),
    '',
  ];
}

export function verdictOf(verdicts: readonly Verdict[], measure: string, name: string): Verdict | undefined {
  return verdicts.find((verdict) => verdict.measure === measure && verdict.case === name);
}
