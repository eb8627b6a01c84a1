import { useId } from 'react';
import { Link } from 'react-router-dom';
import { EmptyState } from '../design/EmptyState';
import { countText, percentText } from '../design/format';

export interface ShareRow {
  key: string;
  label: string;
  /** Null: there is nothing to open. */
  path: string | null;
  count: number;
  /** Does the path's list of members have exactly `count` people? Then the count opens it. */
  listed: boolean;
  /** 0…1; null when there is nobody to be a share of. */
  share: number | null;
}

interface ShareListProps {
  title: string;
  note: string;
  rows: ShareRow[];
}

/** Members with their share as bars. */
export function ShareList({ title, note, rows }: ShareListProps) {
  const heading = useId();
  const highest = Math.max(0.01, ...rows.map(({ share }) => share ?? 0));
  return (
    <section className="panel" aria-labelledby={heading}>
      <div className="panel-header">
        <h2 id={heading}>{title}</h2>
        <span className="panel-note">{note}</span>
      </div>
      {rows.length === 0 ? (
        <EmptyState title="Nothing to show" />
      ) : (
        <ul className="panel-body bar-list">
          {rows.map((row) => (
            <li key={row.key} className="bar-row share-row">
              {row.path ? <Link to={row.path}>{row.label}</Link> : <span>{row.label}</span>}
              <span className="track">
                <span
                  className="fill"
                  data-tone="accent"
                  style={{ width: `${((row.share ?? 0) / highest) * 100}%` }}
                />
              </span>
              <span className="figures">
                {percentText(row.share)}{' '}
                <span className="share-count">
                  {row.path && row.listed ? (
                    <Link
                      className="figure-link"
                      to={`${row.path}#members`}
                      aria-label={`${countText(row.count)} members: ${row.label}`}
                    >
                      {countText(row.count)}
                    </Link>
                  ) : (
                    countText(row.count)
                  )}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
