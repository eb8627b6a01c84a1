import { useId, useState, type ReactNode } from 'react';
import './charts.css';

interface ChartFigureProps {
  title: string;
  note?: ReactNode;
  /** One sentence with what the chart shows; the accessible name of the drawing. */
  summary: string;
  height: number;
  chart: ReactNode;
  /** The same data as a table: for assistive technology, and for everybody at a click. */
  table: ReactNode;
}

/** A panel with a chart that can be read as a table. */
export function ChartFigure({ title, note, summary, height, chart, table }: ChartFigureProps) {
  const [asTable, setAsTable] = useState(false);
  const titleId = useId();
  return (
    <figure className="panel chart-figure" aria-labelledby={titleId}>
      <div className="panel-header">
        <h2 id={titleId}>{title}</h2>
        <button
          type="button"
          className="button button-quiet button-small"
          aria-pressed={asTable}
          aria-label={`${title}: show as table`}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Chart' : 'Table'}
        </button>
        {note && <p className="panel-note chart-note">{note}</p>}
      </div>
      {asTable ? (
        <div className="chart-table" role="region" aria-label={`${title}, data`} tabIndex={0}>
          {table}
        </div>
      ) : (
        <div className="panel-body">
          <div role="img" aria-label={summary} style={{ height, position: 'relative' }}>
            {chart}
          </div>
        </div>
      )}
    </figure>
  );
}
