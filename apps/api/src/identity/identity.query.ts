import { panelCondition, Parameters } from '@catchment/population';
import type { Scope } from '@catchment/store';
import type {
  IdentityFinding,
  IdentityPair,
  IdentityPairs,
  IdentityPairState,
  IdentityRecord,
} from '../clinical/contract';
import type { Marts } from '../clinical/marts/marts.service';

export interface PairQuery {
  state: IdentityPairState;
  limit: number;
  offset: number;
  /** Pairs that were decided since the publication, `left right`. */
  decided: readonly string[];
}

interface PairRow {
  left: string;
  right: string;
  score: number;
  findings: string;
  contradictions: string;
  state: IdentityPairState;
}

const columns = `record_id as "recordId", source, family, given, nullif(suffix, '') as suffix,
  birth_date::varchar as "birthDate", sex, to_json(phones)::varchar as phones, to_json(emails)::varchar as emails,
  to_json(addresses)::varchar as addresses, to_json(identifiers)::varchar as identifiers,
  strftime(last_updated, '%Y-%m-%dT%H:%M:%SZ') as "lastUpdated"`;

/** Pairs of which the scope holds both records: a pair shows two people, and a merge moves both. */
export async function readPairs(
  { connection }: Pick<Marts, 'connection'>,
  scope: Scope,
  thresholds: IdentityPair['thresholds'],
  { state, limit, offset, decided }: PairQuery,
): Promise<IdentityPairs> {
  const parameters = new Parameters();
  const undecided =
    decided.length > 0 ? `and left_record || ' ' || right_record not in ${parameters.bindList(decided)}` : '';
  const chosen = `from identity_pair as pair
    join identity_record as l on l.record_id = pair.left_record
    join identity_record as r on r.record_id = pair.right_record
    where pair.state = ${parameters.bind(state)} ${undecided}
      and ${panelCondition('l', scope, {}, parameters)} and ${panelCondition('r', scope, {}, parameters)}`;
  const counted = await connection.first<{ total: number }>(
    `select count(*) as total ${chosen}`,
    parameters.values,
  );
  const rows = await connection.rows<PairRow>(
    `select left_record as "left", right_record as "right", score, evidence as findings,
       to_json(contradictions)::varchar as contradictions, state
     ${chosen}
     order by score desc, left_record, right_record
     limit ${parameters.bind(limit)} offset ${parameters.bind(offset)}`,
    parameters.values,
  );
  const records = await readRecords(
    { connection },
    scope,
    rows.flatMap(({ left, right }) => [left, right]),
  );
  const pairs = rows.map(({ left, right, score, findings, contradictions, state: at }) => ({
    left: records.get(left)!,
    right: records.get(right)!,
    score,
    thresholds,
    findings: JSON.parse(findings) as IdentityFinding[],
    contradictions: JSON.parse(contradictions) as string[],
    state: at,
  }));
  return { total: counted!.total, pairs };
}

/** Those of the records that the scope holds, by id. */
export async function readRecords(
  { connection }: Pick<Marts, 'connection'>,
  scope: Scope,
  ids: readonly string[],
): Promise<Map<string, IdentityRecord>> {
  if (ids.length === 0) return new Map();
  const parameters = new Parameters();
  const lists = ['phones', 'emails', 'addresses', 'identifiers'] as const;
  const rows = await connection.rows<Record<string, unknown>>(
    `select ${columns} from identity_record as record
     where record_id in ${parameters.bindList([...new Set(ids)])} and ${panelCondition('record', scope, {}, parameters)}`,
    parameters.values,
  );
  return new Map(
    rows.map((row) => {
      const parsed = Object.fromEntries(
        lists.map((name) => [name, JSON.parse(row[name] as string) as string[]]),
      );
      const record = { ...row, ...parsed } as unknown as IdentityRecord;
      return [record.recordId, record];
    }),
  );
}
