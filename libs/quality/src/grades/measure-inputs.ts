import type { Demand } from '@catchment/fhir';
import { quoteIdentifier, quoteLiteral, typedTable, type Connection } from '@catchment/warehouse';
import type { Check } from '../checks/check';
import type { CodeColumn } from '../code-column';

/** A measure whose results the warehouse holds, and what it reads. */
export interface MeasureReads {
  measureId: string;
  demand: Demand;
}

/** What decides whether somebody is counted weighs three times as much as what takes somebody out. */
const weights = `case
    when list_has_any(populations, ['initial-population', 'denominator', 'numerator', 'measure-population', 'measure-observation']) then 3
    when len(populations) > 0 then 1
    else 0
  end`;

/**
 * `temp.quality_input`: one row per measure and value set, code or whole type that a define retrieves which decides a
 * population, with the populations and their weight; and the Patient, on whom every population rests.
 */
export async function readInputs(connection: Connection, measures: readonly MeasureReads[]): Promise<void> {
  await connection.run(
    `create or replace temp table quality_input as
     with
       retrieved as (
         select retrieve.measure_id, retrieve.type, min(retrieve.name) as name, retrieve.canonical, retrieve.system, retrieve.code,
           coalesce(list_sort(list(distinct decides.population) filter (decides.population is not null)), []) as populations
         from results.retrieve as retrieve
         join results.define as define
           on define.measure_id = retrieve.measure_id and define.library = retrieve.library and define.define = retrieve.define
         left join results.define_population as decides
           on decides.measure_id = define.measure_id and decides.seq = define.seq
         where retrieve.measure_id in (select unnest(from_json($1, '["VARCHAR"]')))
         group by retrieve.measure_id, retrieve.type, retrieve.canonical, retrieve.system, retrieve.code
       ),
       patient as (
         select unnest(from_json($2, '["VARCHAR"]')) as measure_id, 'Patient' as type, 'Patient' as name,
           null as canonical, null as system, null as code, ['initial-population'] as populations
       )
     select row_number() over (order by measure_id, type, name, canonical, code) as input_id, *, ${weights} as weight
     from (
       select * from retrieved where type <> 'Patient'
       union all by name
       select * from patient
     )
     where len(populations) > 0`,
    [
      JSON.stringify(measures.map(({ measureId }) => measureId)),
      JSON.stringify(measures.filter(({ demand }) => demand.Patient).map(({ measureId }) => measureId)),
    ],
  );
}

/** `temp.quality_input_key(input_id, key, listed)`: the concepts, and lists of them, that an input selects. */
export async function readInputKeys(connection: Connection): Promise<void> {
  await connection.run(`create or replace temp table quality_input_key as
    with
      concept as (
        select input.input_id, member.key
        from temp.quality_input as input
        join terminology.current_value_set as value_set using (canonical)
        join terminology.member as member using (vs_id)
        union
        select input.input_id, coding.key
        from temp.quality_input as input
        join (
          select key, coding.system, coding.code from (select key, unnest(codings) as coding from dictionary.concept)
          union all
          select mapped.key, mapping.target_system, mapping.target_code
          from (select key, unnest(codings) as coding from dictionary.concept) as mapped
          join terminology.code_mapping as mapping
            on mapping.system = coalesce(mapped.coding.system, '') and mapping.code = mapped.coding.code
        ) as coding
          on coding.code = input.code and coding.system = input.system
      )
    select input_id, key, false as listed from concept
    union
    select concept.input_id, listed.key, true
    from (select key, unnest(concepts) as concept from dictionary.concept_list) as listed
    join concept on concept.key = listed.concept`);
}

/** `temp.quality_relevant(measure_id, check_no)`: the checks of elements that a measure reads. */
export async function readRelevant(
  connection: Connection,
  measures: readonly MeasureReads[],
  checks: readonly Check[],
): Promise<void> {
  const relevant = measures.flatMap(({ measureId, demand }) =>
    checks.flatMap(({ type, properties }, checkNo) => {
      const read = demand[type];
      if (!read) return [];
      const matters = properties.length === 0 || properties.some((name) => name in read);
      return matters ? [{ measure_id: measureId, check_no: checkNo }] : [];
    }),
  );
  await connection.run(
    `create or replace temp table quality_relevant as
     select unnest(from_json($1, '[{"measure_id": "VARCHAR", "check_no": "INTEGER"}]'), recursive := true)`,
    [JSON.stringify(relevant)],
  );
}

/** SQL of what the inputs of a type select. */
export interface Selection {
  /** `input_id, resources`: how many each selects. */
  counted: string;
  /** `input_id, measure_id, rid`: which of the rows of a relation `(rid)` each selects. */
  of: (rows: string) => string;
}

export function selectionOf(type: string, code: CodeColumn | undefined): Selection {
  const table = typedTable(type);
  const whole = `input.type = ${quoteLiteral(type)} and input.canonical is null and input.code is null`;
  const allCounted = `
    select input.input_id, resources
    from temp.quality_input as input cross join (select count(*) as resources from ${table}) where ${whole}`;
  const allOf = (rows: string): string => `
    select input.input_id, input.measure_id, r.rid
    from ${rows} as r cross join temp.quality_input as input where ${whole}`;
  if (!code) return { counted: allCounted, of: allOf };
  const key = quoteIdentifier(code.name);
  const selected = `temp.quality_input_key as selected
    join temp.quality_input as input on input.input_id = selected.input_id and input.type = ${quoteLiteral(type)}`;
  const listed = `selected.listed = ${code.listed}`;
  return {
    counted: `
      select input.input_id, sum(held.resources)::bigint as resources
      from (select ${key} as key, count(*) as resources from ${table} group by ${key}) as held
      join ${selected} on selected.key = held.key and ${listed}
      group by input.input_id
      union all ${allCounted}`,
    of: (rows) => `
      select input.input_id, input.measure_id, r.rid
      from (select rid, ${key} as key from ${table} where rid in (select rid from ${rows})) as r
      join ${selected} on selected.key = r.key and ${listed}
      union all ${allOf(rows)}`,
  };
}
