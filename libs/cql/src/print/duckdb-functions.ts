import { duckdbScalars } from './duckdb-scalars';

type Template = (args: string[]) => string;

const infix =
  (operator: string): Template =>
  ([a, b]) =>
    `(${a} ${operator} ${b})`;
const fn =
  (name: string): Template =>
  (args) =>
    `${name}(${args.join(', ')})`;
const chain =
  (operator: string): Template =>
  (args) =>
    `(${args.join(` ${operator} `)})`;

/** The plan's functions in DuckDB SQL, by chapter. `cql_*` are macros of `sql/functions/cql-*.sql`. */
export const duckdbFunctions: Record<string, Template> = {
  ...duckdbScalars,

  // Logic and null
  and: chain('and'),
  or: chain('or'),
  not: ([a]) => `(not ${a})`,
  xor: infix('<>'),
  'is null': ([a]) => `(${a} is null)`,
  'is not null': ([a]) => `(${a} is not null)`,
  'is true': ([a]) => `(${a} is not distinct from true)`,
  'is false': ([a]) => `(${a} is not distinct from false)`,
  coalesce: fn('coalesce'),

  // Comparison
  '=': infix('='),
  '<': infix('<'),
  '<=': infix('<='),
  '>': infix('>'),
  '>=': infix('>='),
  'is not distinct from': infix('is not distinct from'),
  in: ([value, ...list]) => `(${value} in (${list.join(', ')}))`,
  'equivalent text': ([a]) => `cql_equivalent_text(${a})`,
  'quantity order': fn('cql_quantity_order'),
  'calendar unit': fn('cql_calendar_unit'),

  // Arithmetic
  '+': infix('+'),
  '-': infix('-'),
  '*': infix('*'),
  'to decimal': ([a]) => `cast(${a} as decimal(28, 8))`,
  'to string': ([a]) => `cast(${a} as varchar)`,
  'to integer': ([a]) => `cast(${a} as integer)`,
  'to long': ([a]) => `cast(${a} as bigint)`,
  'round to decimal': ([a]) => `cast(${a} as decimal(28, 8))`,

  // Dates and times
  truncate: ([value, unit]) => `date_trunc(${unit}, ${value})`,
  'end of day': ([a]) => `(${a} + interval '1 day -1 millisecond')`,

  // Strings
  'ends with': fn('ends_with'),

  // Lists
  list: (args) => `[${args.join(', ')}]`,
  'list distinct': fn('cql_list_distinct'),
  'list distinct by': fn('cql_list_distinct_by'),
  'list sort ascending': ([a]) => `list_sort(${a}, 'asc', 'nulls first')`,
  'list sort descending': ([a]) => `list_sort(${a}, 'desc', 'nulls last')`,
  'list concat': ([a, b]) => `list_concat(coalesce(${a}, []), coalesce(${b}, []))`,
  'list flatten': fn('flatten'),
  'list length': fn('len'),
  'has elements': ([a]) => `coalesce(len(${a}) > 0, false)`,
  contains: ([list, element]) => `coalesce(list_contains(${list}, ${element}), false)`,
  'share an element': fn('list_has_any'),
  element: ([list, index]) => `(${list})[${index}]`,
  slice: ([list, from, to]) => `(${list})[${from}:${to}]`,
  'list position': fn('list_position'),
  'list aggregate': ([list, name]) => `list_aggregate(${list}, ${name})`,
  'list index of': ([list, element]) => `(coalesce(list_position(${list}, ${element}), 0) - 1)`,
  'collapse instants': fn('cql_collapse_instants'),
  'collapse numbers': fn('cql_collapse_numbers'),
  'expand instants': fn('cql_expand_instants'),
  'expand numbers': fn('cql_expand_numbers'),
  'typed null': ([example]) => `case when false then ${example} end`,
  // Notes that a define cannot be evaluated for a patient; null, of whatever type stands beside it.
  'null by failure': (args) => `case when cql_failed(${args.join(', ')}) then null end`,
};
