type Aggregate = (args: string[], orderBy: string, distinct: boolean) => string;

const plain =
  (name: string): Aggregate =>
  (args, orderBy, distinct) =>
    `${name}(${distinct ? 'distinct ' : ''}${args.join(', ')}${orderBy})`;

/** The plan's aggregates in DuckDB SQL; nulls are ignored, as CQL does. */
export const duckdbAggregates: Record<string, Aggregate> = {
  'count rows': () => 'count(*)',
  count: plain('count'),
  sum: plain('sum'),
  product: plain('product'),
  min: plain('min'),
  max: plain('max'),
  avg: plain('avg'),
  median: plain('median'),
  mode: plain('mode'),
  'variance sample': plain('var_samp'),
  'variance population': plain('var_pop'),
  'deviation sample': plain('stddev_samp'),
  'deviation population': plain('stddev_pop'),
  'all true': plain('bool_and'),
  'any true': plain('bool_or'),
  'any value': plain('any_value'),
  'geometric mean': plain('geomean'),
  list: plain('list'),
  /** The unit that all values have; different units end the statement with the message. */
  'common unit': ([unit, message]) =>
    `case when count(distinct ${unit}) > 1 then error(${message}) else any_value(${unit}) end`,
  /** The only element of a group; more than one ends the statement with the message. */
  singleton: ([value, message]) =>
    `case when count(*) > 1 then error(${message}) else any_value(${value}) end`,
};
