import { useState } from 'react';
import type { PatientPanel, TimelineEntry } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { countText, dateText, plural } from '../design/format';
import { codeSystemText } from '../explanation/code-system';

const FIRST_SHOWN = 40;

/** The evidence that measures and cohorts used, newest first, by year. */
export function Timeline({ panel }: { panel: PatientPanel }) {
  const [everything, setEverything] = useState(false);
  const titles = usedByTitles(panel);
  const shown = everything ? panel.timeline : panel.timeline.slice(0, FIRST_SHOWN);
  const years = Map.groupBy(shown, ({ date }) => date?.slice(0, 4) ?? 'No date');
  return (
    <section className="panel" aria-labelledby="timeline">
      <div className="panel-header">
        <h2 id="timeline">Evidence over time</h2>
        <span className="panel-note">{plural(panel.timeline.length, 'resource')}</span>
      </div>
      {panel.timeline.length === 0 && <EmptyState title="No measure or cohort used any evidence" />}
      <div className="panel-body timeline">
        {[...years].map(([year, entries]) => (
          <section key={year} aria-label={year}>
            <h3>{year}</h3>
            <ol>
              {entries.map((entry) => (
                <Entry key={`${entry.type}/${entry.id}`} entry={entry} titles={titles} />
              ))}
            </ol>
          </section>
        ))}
        {shown.length < panel.timeline.length && (
          <button type="button" className="button" onClick={() => setEverything(true)}>
            Show all {panel.timeline.length}
          </button>
        )}
      </div>
    </section>
  );
}

function Entry({ entry, titles }: { entry: TimelineEntry; titles: Map<string, string> }) {
  return (
    <li>
      <span className="cell-date quiet">{dateText(entry.date)}</span>
      <span className="timeline-what">
        <span>
          {entry.display ?? entry.code ?? entry.type}
          {entry.valueText && <strong className="number"> {entry.valueText}</strong>}
        </span>
        <span className="cell-second">
          {entry.type}
          {entry.code && ` · ${codeSystemText(entry.codeSystem)} ${entry.code}`}
        </span>
      </span>
      <UsedBy names={entry.usedBy.map((id) => titles.get(id) ?? id)} />
    </li>
  );
}

/** One name is written out; more, as for a visit that every measure counts, are folded. */
function UsedBy({ names }: { names: string[] }) {
  const [only] = names;
  if (names.length <= 1) return <span className="timeline-used">{only}</span>;
  return (
    <details className="timeline-used">
      <summary>{countText(names.length)} measures and cohorts</summary>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </details>
  );
}

/** Every group of a measure uses its evidence: the measure's own title, without that of a group. */
function usedByTitles({ results, cohorts }: PatientPanel): Map<string, string> {
  return new Map([
    ...results.map(({ measureId, title }) => [measureId, title] as const),
    ...cohorts.map(({ cohortId, title }) => [cohortId, title] as const),
  ]);
}
