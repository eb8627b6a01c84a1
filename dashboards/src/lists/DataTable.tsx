import { tableFeatures, useTable, type ColumnDef, type RowData } from '@tanstack/react-table';
import { Icon } from '../design/Icon';

/** Rows come sorted and paged from the API, so that the table needs no feature but its core. */
export const listFeatures = tableFeatures({});
export type ListColumn<T extends RowData> = ColumnDef<typeof listFeatures, T>;

/** What the API sorts by: the column's id → ascending and descending value of `sort`. */
export type SortKeys = Record<string, { ascending?: string; descending?: string }>;

interface DataTableProps<T extends RowData> {
  /** Says what the table lists; read by assistive technology. */
  caption: string;
  columns: ListColumn<T>[];
  rows: T[];
  rowId: (row: T) => string;
  sortKeys?: SortKeys;
  sort?: string;
  onSort?: (sort: string) => void;
  /** Columns of numbers, right-aligned. */
  numeric?: readonly string[];
}

/** A list as a real table: headers, sort buttons, a first column that stays in view. */
export function DataTable<T extends RowData>(props: DataTableProps<T>) {
  const { caption, columns, rows, rowId, numeric = [] } = props;
  const table = useTable({ features: listFeatures, columns, data: rows, getRowId: rowId });
  return (
    <div className="table-scroll sticky-first" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <HeaderCell key={header.id} {...props} columnId={header.column.id}>
                  <table.FlexRender header={header} />
                </HeaderCell>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <td key={cell.id} className={numeric.includes(cell.column.id) ? 'cell-number' : undefined}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeaderCellProps<T extends RowData> extends Omit<DataTableProps<T>, 'columns' | 'rows'> {
  columnId: string;
  children: React.ReactNode;
}

function HeaderCell<T extends RowData>(props: HeaderCellProps<T>) {
  const { columnId, sortKeys, sort, onSort, numeric = [], children } = props;
  const className = numeric.includes(columnId) ? 'cell-number' : undefined;
  const keys = sortKeys?.[columnId];
  if (!keys || !onSort) {
    return (
      <th scope="col" className={className}>
        {children}
      </th>
    );
  }
  const state = ariaSort(keys, sort);
  const next =
    state === 'ascending' ? (keys.descending ?? keys.ascending) : (keys.ascending ?? keys.descending);
  return (
    <th scope="col" className={className} aria-sort={state}>
      <button type="button" className="sort-button" onClick={() => next && onSort(next)}>
        {children}
        <Icon name={state === 'ascending' ? 'up' : state === 'descending' ? 'down' : 'up-down'} />
      </button>
    </th>
  );
}

function ariaSort(keys: SortKeys[string], sort?: string): 'ascending' | 'descending' | 'none' {
  if (sort && sort === keys.ascending) return 'ascending';
  if (sort && sort === keys.descending) return 'descending';
  return 'none';
}
