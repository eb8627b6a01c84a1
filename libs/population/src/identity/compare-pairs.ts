import type { Connection } from '@catchment/warehouse';
import type { IdentityRule } from './identity-rule';
import { findings, weightOf, type Finding } from './weights';

type Field = keyof typeof findings;

const intersects = (list: string): string => `list_has_any(l.${list}, r.${list})`;
const bothHave = (list: string): string => `len(l.${list}) > 0 and len(r.${list}) > 0`;
const numbersOf = (side: string, kind: string): string =>
  `list_filter(${side}.person_numbers, lambda n: n.kind = ${kind})`;

/** Is there an identifier of one kind that both have, with no value in common? */
const otherNumber = `len(list_filter(l.person_numbers, lambda x:
  len(list_filter(r.person_numbers, lambda y: y.kind = x.kind)) > 0
  and not list_has_any(${numbersOf('l', 'x.kind')}, ${numbersOf('r', 'x.kind')}))) > 0`;

const swapped = 'l.family = r.given and l.given = r.family and l.family <> l.given';

/** The outcome of each comparison; null where a record does not say. */
const outcomes: Record<Field, string> = {
  'person identifier': `case
    when ${otherNumber} then 'different'
    when list_has_any(l.person_numbers, r.person_numbers) then 'same'
  end`,
  'local identifier': `case when l.source = r.source and ${intersects('local_numbers')} then 'same' end`,
  'birth date': `case
    when l.birth_date is null or r.birth_date is null then null
    when l.birth_date = r.birth_date then 'same'
    when (year(l.birth_date) = year(r.birth_date))::int + (month(l.birth_date) = month(r.birth_date))::int
      + (day(l.birth_date) = day(r.birth_date))::int = 2 and abs(year(l.birth_date) - year(r.birth_date)) <= 10 then 'near'
    when year(l.birth_date) = year(r.birth_date) and month(l.birth_date) = day(r.birth_date)
      and day(l.birth_date) = month(r.birth_date) then 'near'
    else 'different'
  end`,
  'family name': `case
    when l.family is null or r.family is null then null
    when l.family = r.family then 'same'
    when ${swapped} then 'swapped'
    when ${intersects('families')} or jaro_winkler_similarity(l.family, r.family) >= 0.92 then 'similar'
    else 'different'
  end`,
  'given name': `case
    when l.given is null or r.given is null then null
    when l.given = r.given then 'same'
    when ${swapped} then 'swapped'
    when ${intersects('givens')} or jaro_winkler_similarity(l.given, r.given) >= 0.9
      or starts_with(l.given, r.given) or starts_with(r.given, l.given) then 'similar'
    else 'different'
  end`,
  sex: `case when l.sex = r.sex then 'same' when l.sex <> r.sex then 'different' end`,
  phone: `case when ${intersects('phones')} then 'same' when ${bothHave('phones')} then 'different' end`,
  email: `case when ${intersects('emails')} then 'same' when ${bothHave('emails')} then 'different' end`,
  address: `case
    when ${intersects('addresses')} then 'same'
    when ${intersects('postal_codes')} then 'same postal code'
    when ${bothHave('postal_codes')} then 'different'
  end`,
};

/** What one person cannot have; the second element counts twice, because no slip of a pen explains it. */
const contradictions: [string, string][] = [
  ['person identifiers differ', `"person identifier" = 'different'`],
  ['birth dates differ', `"birth date" = 'near'`],
  ['birth dates differ', `"birth date" = 'different'`],
  ['birth dates differ in more than one part', `"birth date" = 'different'`],
  ['given names differ', `"given name" = 'different'`],
  ['sexes differ', `sex = 'different'`],
  ['generations differ (Jr, Sr, II, …)', 'other_generation'],
  ['children of one multiple birth', 'multiple_birth'],
  ['children of one multiple birth, different in order', 'multiple_birth and other_order'],
];

/**
 * Compares the pairs of `temp.identity_candidate` and writes `temp.identity_compared`: `left_pid, right_pid,
 * left_record, right_record, score, evidence, contradictions, verdict`, verdict `same`, `review` or `different`.
 * Missing data speak for nothing.
 */
export async function comparePairs(connection: Connection, rule: IdentityRule): Promise<void> {
  const fields = Object.keys(outcomes) as Field[];
  await connection.run(`create or replace temp table identity_compared as
    with
      outcome as (
        select
          l.pid as left_pid, r.pid as right_pid, l.record_id as left_record, r.record_id as right_record,
          l.source = r.source as one_source,
          list_contains(l.links, left_subject.id) or list_contains(l.links, right_subject.id)
            or list_contains(r.links, left_subject.id) or list_contains(r.links, right_subject.id) as linked,
          coalesce(l.generation <> r.generation, false) as other_generation,
          l.multiple_birth and r.multiple_birth and coalesce(l.given <> r.given, false) as multiple_birth,
          coalesce(l.birth_order <> r.birth_order, false) as other_order,
          ${fields.map((field) => `${outcomes[field]} as "${field}"`).join(',\n          ')}
        from temp.identity_candidate as candidate
        join temp.identity_record as l on l.pid = candidate.left_pid
        join temp.identity_record as r on r.pid = candidate.right_pid
        join identity.record as left_subject on left_subject.pid = l.pid
        join identity.record as right_subject on right_subject.pid = r.pid
      ),
      weighed as (
        select *,
          list_filter([${fields.map(evidenceOf).join(', ')}], lambda e: e.outcome is not null) as evidence,
          list_filter([${contradictions.map(([text, holds]) => `case when ${holds} then '${text}' end`).join(', ')}],
            lambda c: c is not null) as contradictions
        from outcome
      ),
      scored as (select *, round(list_sum(list_transform(evidence, lambda e: e.weight)), 1) as score from weighed)
    select left_pid, right_pid,
      least(left_record, right_record) as left_record, greatest(left_record, right_record) as right_record, coalesce(score, 0) as score, evidence,
      list_distinct(contradictions) as contradictions,
      ${verdict(rule)} as verdict
    from scored`);
}

function evidenceOf(field: Field): string {
  const cases = Object.entries<Finding>(findings[field]).map(
    ([outcome, finding]) => `when '${outcome}' then ${weightOf(finding)}`,
  );
  return `{'field': '${field}', 'outcome': "${field}", 'weight': (case "${field}" ${cases.join(' ')} else 0 end)::double}`;
}

/**
 * One person without anybody looking: enough points, nothing contradicts, the same full birth date, and either an
 * identifier of the person or the whole name with a way to reach him. Two records of one source are two on purpose,
 * until the source's own number or link says otherwise.
 */
function verdict({ same, review }: IdentityRule): string {
  const number = `"person identifier" = 'same'`;
  const name = `"family name" in ('same', 'swapped') and "given name" in ('same', 'swapped')`;
  const contact = `(phone = 'same' or email = 'same' or address = 'same')`;
  const own = `(linked or ${number} or "local identifier" = 'same')`;
  return `case
    when len(contradictions) = 0 and score >= ${same} and "birth date" = 'same'
      and ((${number} and ("family name" <> 'different' or "given name" <> 'different')) or (${name} and ${contact}))
      and (not one_source or ${own}) then 'same'
    when linked then case when len(contradictions) = 0 then 'same' else 'review' end
    when score >= ${review} and (len(contradictions) <= 1 or ${number}) then 'review'
    else 'different'
  end`;
}
