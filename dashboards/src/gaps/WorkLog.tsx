import { useState } from 'react';
import type { WorkEvent } from '../../../apps/api/src/clinical/contract';
import { capitalized, instantText } from '../design/format';
import { useNameOf } from './work-queries';
import { eventText } from './work-text';

const FIRST_SHOWN = 12;

interface WorkLogProps {
  log: WorkEvent[];
  /** Names the gap of an entry, where the log is of several. */
  titleOf?: (event: WorkEvent) => string;
}

/** What was done, newest first. Nothing in it is ever changed. */
export function WorkLog({ log, titleOf }: WorkLogProps) {
  const [everything, setEverything] = useState(false);
  const nameOf = useNameOf();
  const shown = everything ? log : log.slice(0, FIRST_SHOWN);
  return (
    <section className="panel" aria-labelledby="work-log">
      <div className="panel-header">
        <h2 id="work-log">Contact log and changes</h2>
      </div>
      <div className="panel-body">
        {log.length === 0 && <p className="quiet">Nobody has worked on it yet.</p>}
        <ol className="work-log">
          {shown.map((event, index) => (
            <li key={`${event.at} ${event.kind} ${index}`}>
              <strong>{capitalized(eventText(event, nameOf))}</strong>
              {event.note && <span> “{event.note}”</span>}
              {titleOf && <span className="cell-second">{titleOf(event)}</span>}
              <span className="cell-second number">
                {instantText(event.at)} · {nameOf(event.by)}
              </span>
            </li>
          ))}
        </ol>
        {shown.length < log.length && (
          <button type="button" className="button button-small" onClick={() => setEverything(true)}>
            Show all {log.length}
          </button>
        )}
      </div>
    </section>
  );
}
