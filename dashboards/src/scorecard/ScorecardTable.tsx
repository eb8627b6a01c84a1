import { useSearchParams } from 'react-router-dom';
import type { PanelFilter, ScorecardRow } from '../../../apps/api/src/clinical/contract';
import { Icon } from '../design/Icon';
import { useSearchUpdate } from '../filters/panel-filter';
import { readOrder, sortRows, type ScorecardOrder } from './order';
import { ScorecardRowCells } from './ScorecardRowCells';

interface ScorecardTableProps {
  rows: ScorecardRow[];
  filter: PanelFilter;
}

export function ScorecardTable({ rows, filter }: ScorecardTableProps) {
  const [search] = useSearchParams();
  const order = readOrder(search.get('order'));
  return (
    <div className="panel">
      <div className="table-scroll sticky-first" role="region" aria-label="Measures" tabIndex={0}>
        <table className="scorecard">
          <caption className="visually-hidden">
            One row per measure; every number opens the list it counts
          </caption>
          <thead>
            <tr>
              <OrderHeader order={order} by="measure">
                Measure
              </OrderHeader>
              <th scope="col">Performance rate</th>
              <th scope="col">Trend, 13 months</th>
              <th scope="col" className="cell-number">
                Numerator / denominator
              </th>
              <th scope="col" className="cell-number">
                Exclusions
              </th>
              <th scope="col" className="cell-number">
                Exceptions
              </th>
              <OrderHeader order={order} by="to-target">
                To target
              </OrderHeader>
              <OrderHeader order={order} by="change">
                Change
              </OrderHeader>
              <OrderHeader order={order} by="open-gaps" numeric>
                Open gaps
              </OrderHeader>
            </tr>
          </thead>
          <tbody>
            {sortRows(rows, order).map((row) => (
              <ScorecardRowCells key={`${row.measureId} ${row.groupId}`} row={row} filter={filter} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface OrderHeaderProps {
  order: ScorecardOrder;
  by: ScorecardOrder;
  numeric?: boolean;
  children: string;
}

function OrderHeader({ order, by, numeric, children }: OrderHeaderProps) {
  const update = useSearchUpdate();
  const active = order === by;
  return (
    <th
      scope="col"
      className={numeric ? 'cell-number' : undefined}
      aria-sort={active ? (by === 'measure' ? 'ascending' : 'descending') : 'none'}
    >
      <button
        type="button"
        className="sort-button"
        onClick={() => update({ order: by === 'measure' ? null : by })}
      >
        {children}
        <Icon name={active ? (by === 'measure' ? 'up' : 'down') : 'up-down'} />
      </button>
    </th>
  );
}
