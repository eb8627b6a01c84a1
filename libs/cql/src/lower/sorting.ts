import type { ElmNode } from '@catchment/elm';
import type { SortKey } from '../plan/block';
import type { Expr } from '../plan/expression';
import type { Value } from '../value/value';
import { unsupported, type Context } from './context';
import { asInterval } from './intervals';
import { lower } from './operators';
import { fhirQuantity, startOf } from './points';

/** ELM 10.x sort clause: by the row itself, by a column of it, or by an expression over its elements. */
export function sortKeys(by: ElmNode[], row: Value, context: Context): SortKey[] {
  return by.flatMap((item) => {
    const descending = ((item.direction as string | undefined) ?? 'asc').startsWith('desc');
    return leaves(sortValue(item, row, context), item, context).map((expr) => ({ expr, descending }));
  });
}

function sortValue(item: ElmNode, row: Value, context: Context): Value {
  switch (item.type) {
    case 'ByDirection':
      return row;
    case 'ByColumn':
      return lower(
        { type: 'IdentifierRef', name: String(item.path), locator: item.locator },
        { ...context, sortRow: row },
      );
    case 'ByExpression':
      return lower(item.expression as ElmNode, { ...context, sortRow: row });
    default:
      throw unsupported(context, item, `sort ${item.type}`);
  }
}

function leaves(value: Value, item: ElmNode, context: Context): Expr[] {
  switch (value.kind) {
    case 'null':
      return [];
    case 'scalar':
      return [value.expr];
    case 'temporal':
      return value.lo === value.hi ? [value.lo] : [value.lo, value.hi];
    case 'quantity':
      return [value.value];
    case 'interval':
      return leaves(startOf(value), item, context);
    case 'fhir':
      if (value.type === 'Quantity') return [fhirQuantity(value).value];
      if (value.type === 'Period') return leaves(startOf(asInterval(value)), item, context);
      break;
    case 'choice': {
      // Alternatives are compared one after another; a row has one of them.
      const comparable = value.alternatives.filter(({ type }) =>
        [
          'dateTime',
          'DateTime',
          'instant',
          'Period',
          'Quantity',
          'integer',
          'Integer',
          'date',
          'Date',
        ].includes(type),
      );
      return comparable.flatMap((alternative) => leaves(alternative.value, item, context));
    }
    default:
      break;
  }
  throw unsupported(context, item, `sorting by a ${value.kind}`);
}
