import { unitScale } from '@catchment/cql';
import type { Demand, DemandNode } from '@catchment/fhir';
import { type Connection } from '@catchment/warehouse';
import type { Check } from './check';
import plausible from './plausible-values.json';

interface Plausible {
  name: string;
  /** LOINC. */
  codes: string[];
  /** Unit as it may be written → lowest and highest value that a living person has. */
  ranges: Record<string, [number, number]>;
}

const catalogue = plausible as unknown as Plausible[];

/**
 * Reads the quantities of observations once, into `temp.quality_quantity(rid, pid, unit, value, expected, low, high)`:
 * of a known code `expected` says whether its unit is one that it is measured in, and `low` and `high` are of that unit;
 * and the units that UCUM does not know into `temp.quality_unknown_unit(unit)`. The checks of values ask these.
 */
export async function readQuantities(connection: Connection, held: Demand): Promise<void> {
  const sources = quantitiesOf(held.Observation);
  if (sources.length === 0) return;
  await connection.run(
    `create or replace temp table quality_range as
     select distinct coding.key, known.name, known.unit, known.low, known.high -- two codings may mean one quantity
     from (select key, unnest(codings) as coding from dictionary.concept) as coding
     join (select unnest(from_json($1, '[{"name": "VARCHAR", "code": "VARCHAR", "unit": "VARCHAR", "low": "DOUBLE", "high": "DOUBLE"}]'), recursive := true)) as known
       on known.code = coding.coding.code and coding.coding.system = 'http://loinc.org'`,
    [JSON.stringify(rangesOf(catalogue))],
  );
  await connection.run(`create or replace temp table quality_quantity as
    with quantity as (${sources.join(' union all ')}),
      known as (select distinct key from temp.quality_range) -- one row per code, not per unit
    select quantity.rid, quantity.pid, quantity.unit, quantity.value, known.key is null or limits.key is not null as expected,
      limits.low, limits.high
    from quantity
    left join known on known.key = quantity.key
    left join temp.quality_range as limits on limits.key = quantity.key and limits.unit = quantity.unit
    where quantity.value is not null`);
  const units = await connection.rows<{ unit: string }>(
    'select distinct unit from temp.quality_quantity where unit is not null order by unit',
  );
  await connection.run(
    `create or replace temp table quality_unknown_unit as select unnest(from_json($1, '["VARCHAR"]')) as unit`,
    [JSON.stringify(units.map(({ unit }) => unit).filter((unit) => !unitScale(unit)))],
  );
}

export function quantityChecks(held: Demand): Check[] {
  if (quantitiesOf(held.Observation).length === 0) return [];
  const check = (id: string, sentence: string, where: string, severity: Check['severity']): Check => ({
    id,
    class: id === 'value-out-of-range' ? 'plausibility' : 'units',
    severity,
    type: 'Observation',
    element: id === 'value-out-of-range' ? 'value' : 'unit',
    properties: ['valueQuantity', 'component'],
    sentence,
    // An observation with several components may have several such values.
    faults: `select distinct q.rid, q.pid from temp.quality_quantity as q where ${where}`,
  });
  return [
    check(
      'value-out-of-range',
      'have a value that no living person has',
      'q.value < q.low or q.value > q.high',
      'error',
    ),
    check(
      'unexpected-unit',
      'have a unit that their code is not measured in',
      'q.unit is not null and not q.expected',
      'warning',
    ),
    check(
      'unknown-unit',
      'have a unit that UCUM does not know: it compares with itself only',
      'q.unit in (select unit from temp.quality_unknown_unit)',
      'warning',
    ),
  ];
}

function rangesOf(known: readonly Plausible[]): object[] {
  return known.flatMap(({ name, codes, ranges }) =>
    codes.flatMap((code) =>
      Object.entries(ranges).map(([unit, [low, high]]) => ({ name, code, unit, low, high })),
    ),
  );
}

/** SQL: `rid, pid, key, unit, value` of each quantity that is stored with its code. */
function quantitiesOf(observation: DemandNode | undefined): string[] {
  if (!observation) return [];
  const of = (quantity: string, node: DemandNode): { unit: string; value: string } | undefined => {
    const units = ['code', 'unit'].filter((name) => name in node).map((name) => `${quantity}.${name}`);
    return 'value' in node && units.length > 0
      ? { unit: `coalesce(${units.join(', ')})`, value: `${quantity}.value` }
      : undefined;
  };
  const own = observation.valueQuantity && of('r."valueQuantity"', observation.valueQuantity);
  const part =
    observation.component?.valueQuantity && of('c."valueQuantity"', observation.component.valueQuantity);
  return [
    ...(own && observation.code
      ? [
          `select r.rid, r.pid, r.code as key, ${own.unit} as unit, ${own.value} as value
          from fhir."Observation" as r where r."valueQuantity" is not null`,
        ]
      : []),
    ...(part && observation.component?.code
      ? [
          `select c.rid, c.pid, c.part.code as key, ${part.unit.replaceAll('c.', 'c.part.')} as unit, ${part.value.replaceAll('c.', 'c.part.')} as value
          from (select rid, pid, unnest(component) as part from fhir."Observation" where component is not null) as c`,
        ]
      : []),
  ];
}
