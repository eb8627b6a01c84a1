import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeSet } from '@catchment/cql';
import { Diagnostic } from '@catchment/platform';
import { bindCodeSets } from '@catchment/terminology';
import type { Connection } from '@catchment/warehouse';
import { period } from './workbench';

/** The measures that were also written by hand, by the id that their packages have. */
export const handMeasures = {
  CMS122FHIRDiabetesAssessGreaterThan9Percent: 'cms122',
  CMS130FHIRColorectalCancerScreening: 'cms130',
  CMS165FHIRControllingHighBloodPressure: 'cms165',
} as const;

export type HandMeasure = (typeof handMeasures)[keyof typeof handMeasures];

interface HandCodeSets {
  valueSets: Record<string, string>;
  codes: Record<string, { system: string; code: string }[]>;
}

const folder = join(__dirname, 'hand');

/** Binds the value sets of the hand-written measures and runs one; `temp.hand_result` has its populations. */
export async function runHandMeasure(connection: Connection, name: HandMeasure): Promise<void> {
  await bindHandSets(connection);
  await connection.run(`set variable period_start = date '${period.start}'`);
  await connection.run(`set variable period_end = date '${period.end}'`);
  await connection.run(readFileSync(join(folder, 'shared.sql'), 'utf8'));
  await connection.run(readFileSync(join(folder, `${name}.sql`), 'utf8'));
}

/** `hand_set(name, key)` for concepts and `hand_list_set(name, key)` for lists of concepts, as compiled SQL binds them. */
async function bindHandSets(connection: Connection): Promise<void> {
  const { valueSets, codes } = JSON.parse(
    readFileSync(join(folder, 'code-sets.json'), 'utf8'),
  ) as HandCodeSets;
  const sets: CodeSet[] = [
    ...Object.entries(valueSets).map(([name, canonical]): CodeSet => ({ kind: 'valueSet', name, canonical })),
    ...Object.entries(codes).map(([name, list]): CodeSet => ({ kind: 'codes', name, codes: list })),
  ];
  await bindCodeSets(
    connection,
    sets.map((set, setId) => ({ ...set, setId })),
  );
  const names = JSON.stringify(sets.map(({ name }) => name));
  for (const [table, members] of [
    ['hand_set', 'code_set_member'],
    ['hand_list_set', 'code_set_list_member'],
  ] as const) {
    await connection.run(
      `create or replace temp table ${table} as
       select (from_json($1, '["VARCHAR"]'))[set_id + 1] as name, key from temp.${members}`,
      [names],
    );
  }
  for (const side of ['systolic', 'diastolic']) {
    await connection.run(
      `set variable ${side} = (select coalesce(list(key), []) from hand_set where lower(name) = '${side} blood pressure')`,
    );
  }
}

/** Elements that the compiled measures read and the hand-written SQL does not. */
const unread: Record<string, string[]> = {
  Condition: ['onsetAge', 'onsetRange', 'abatementAge', 'abatementRange'],
  Procedure: ['performedAge', 'performedRange'],
  Observation: ['effectiveInstant', 'effectiveTiming'],
};

/**
 * The hand-written SQL reads the shapes of data that synthetic populations have.
 * @throws Diagnostic when a population has others: it could not be compared.
 */
export async function refuseUnread(connection: Connection): Promise<void> {
  for (const [type, elements] of Object.entries(unread)) {
    const counts = elements.map((element) => `count("${element}") as "${element}"`).join(', ');
    const found = await connection.first<Record<string, number>>(`select ${counts} from fhir."${type}"`);
    const present = elements.filter((element) => found![element]! > 0);
    if (present.length > 0) throw new Diagnostic(`${type} has ${present.join(', ')}: write it by hand first`);
  }
}
