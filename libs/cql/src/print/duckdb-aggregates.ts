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
  /** Has the group more than one row, more than one value? */
  'several rows': () => 'count(*) > 1',
  'several values': ([value]) => `coalesce(min(${value}) <> max(${value}), false)`,
};
