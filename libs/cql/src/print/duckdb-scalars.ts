type Template = (args: string[]) => string;

const macro =
  (name: string): Template =>
  (args) =>
    `cql_${name}(${args.join(', ')})`;

/** `'year'` → `year`: units reach the printer as literals. */
const bare = (unit: string | undefined): string => (unit ?? '').replaceAll("'", '');

/** Functions of single values (ELM chapters 16, 17, 18, 22) in DuckDB SQL. */
export const duckdbScalars: Record<string, Template> = {
  // 16 Arithmetic
  'add integer': macro('add_integer'),
  'add long': macro('add_long'),
  'add decimal': macro('add_decimal'),
  'subtract integer': macro('subtract_integer'),
  'subtract long': macro('subtract_long'),
  'subtract decimal': macro('subtract_decimal'),
  'multiply integer': macro('multiply_integer'),
  'multiply long': macro('multiply_long'),
  'multiply decimal': macro('multiply_decimal'),
  'divide decimal': macro('divide_decimal'),
  'truncated divide integer': macro('truncated_divide_integer'),
  'truncated divide long': macro('truncated_divide_long'),
  'truncated divide decimal': macro('truncated_divide_decimal'),
  'modulo integer': macro('modulo'),
  'modulo long': macro('modulo'),
  'modulo decimal': macro('modulo'),
  'power integer': macro('power_integer'),
  'power long': macro('power_long'),
  'power decimal': macro('power_decimal'),
  least: ([...args]) => `least(${args.join(', ')})`,
  greatest: ([...args]) => `greatest(${args.join(', ')})`,
  ceiling: macro('ceiling'),
  floor: macro('floor'),
  'truncate number': macro('truncate'),
  round: macro('round'),
  ln: macro('ln'),
  exp: macro('exp'),
  log: macro('log'),

  // 16 Quantities
  'add quantity': macro('add_quantity'),
  'subtract quantity': macro('subtract_quantity'),
  'multiply unit': macro('multiply_unit'),
  'divide unit': macro('divide_unit'),
  'finer unit': macro('finer_unit'),
  'convert quantity': macro('convert_quantity'),
  'decimal equivalent': macro('decimal_equivalent'),
  'quantity equivalent': macro('quantity_equivalent'),

  // 17 Strings
  '||': ([a, b]) => `(${a} || ${b})`,
  'string length': ([a]) => `cast(length(${a}) as integer)`,
  lower: ([a]) => `lower(${a})`,
  upper: ([a]) => `upper(${a})`,
  'starts with': ([a, b]) => `starts_with(${a}, ${b})`,
  position: macro('position_of'),
  'last position': macro('last_position_of'),
  substring: ([a, from, length]) => `substring(${a}, ${from}${length === undefined ? '' : `, ${length}`})`,
  'substring from': macro('substring'),
  split: macro('split'),
  part: ([a, separator, position]) => `split_part(${a}, ${separator}, ${position})`,
  'split on matches': ([a, pattern]) => `regexp_split_to_array(${a}, ${pattern})`,
  matches: ([a, pattern]) => `regexp_full_match(${a}, ${pattern}, 's')`,
  'replace matches': macro('replace_matches'),
  combine: macro('combine'),

  // 18 Dates and times
  add: ([at, count, unit]) => `(${at} + to_${bare(unit)}s(${count}))`,
  whole: ([a]) => `cast(trunc(${a}) as bigint)`,
  '/': ([a, b]) => `(${a} / ${b})`,
  amount: ([lo, hi, count, unit]) => `cql_${bare(unit)}s(${lo}, ${hi}, ${count})`,
  'date amount': ([lo, hi, count, unit]) => `cql_date_${bare(unit)}s(${lo}, ${hi}, ${count})`,
  'end after': macro('end_after'),
  'date end after': macro('date_end_after'),
  'own unit': macro('own_unit'),
  'own date unit': macro('own_date_unit'),
  'time of day': macro('time_of_day'),
  'in range': macro('in_range'),
  precision: macro('precision'),
  'date precision': macro('date_precision'),
  'end at': macro('end_at'),
  'date end at': macro('date_end_at'),
  'precision digits': macro('precision_digits'),
  difference: ([a, b, unit]) =>
    bare(unit) === 'week' ? `cql_difference_in_weeks(${a}, ${b})` : `cql_difference(${a}, ${b}, ${unit})`,
  duration: ([a, b, unit]) => `cql_${bare(unit)}s_between(${a}, ${b})`,
  component: ([at, unit]) =>
    bare(unit) === 'millisecond' ? `cql_millisecond(${at})` : `cast(${bare(unit)}(${at}) as integer)`,
  datetime: macro('datetime'),
  wall: macro('wall'),
  instant: macro('instant'),
  zone: macro('zone'),
  'zone hours': macro('zone_hours'),
  components: macro('components'),

  // 22 Conversions
  'decimal text': macro('decimal_text'),
  'quantity text': macro('quantity_text'),
  'datetime text': macro('datetime_text'),
  'zoned text': macro('zoned_text'),
  'date text': macro('date_text'),
  'time text': macro('time_text'),
  'narrow to integer': macro('to_integer'),
  'ratio part': ([a, position]) => `trim(split_part(${a}, ':', ${position}))`,
  'parse boolean': macro('to_boolean'),
  'parse integer': macro('parse_integer'),
  'parse long': macro('parse_long'),
  'parse decimal': macro('parse_decimal'),
  'parse datetime': macro('parse_datetime'),
  'parse date': macro('parse_date'),
  'parse time': macro('parse_time'),
  'parse quantity value': macro('parse_quantity_value'),
  'parse quantity unit': macro('parse_quantity_unit'),
};
