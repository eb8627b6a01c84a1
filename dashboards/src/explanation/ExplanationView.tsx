import { useState } from 'react';
import type { Explanation, ExplainedDefine } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { capitalized } from '../design/format';
import { GapChip } from '../gaps/GapChip';
import { DefineEntry } from './DefineEntry';
import { PopulationPath } from './PopulationPath';
import { truthOf, type Truth } from './truth';
import './explanation.css';

type DefineFilter = 'all' | 'true' | 'false' | 'unknown';
const FILTERS: DefineFilter[] = ['all', 'true', 'false', 'unknown'];

/** Why: populations, the reason in a sentence, and every define with what it came to. */
export function ExplanationView({ explanation }: { explanation: Explanation }) {
  if (!explanation.evaluated) {
    return (
      <div className="panel">
        <EmptyState title="Not evaluated">
          The last run did not evaluate this measure for this patient. That is neither “no gap” nor zero.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="stack">
      {explanation.groups.map((group) => (
        <section key={group.groupId} className="panel verdict" aria-label={group.title ?? 'Result'}>
          {group.title && explanation.groups.length > 1 && <h3>{group.title}</h3>}
          <PopulationPath populations={group.populations} />
          {group.gap && (
            <p className="verdict-reason">
              <GapChip status={group.gap.gapStatus} reason={group.gap.gapReason} />
              {group.gap.detail && <span>{capitalized(group.gap.detail)}</span>}
              {group.gap.closesWith && group.gap.gapStatus !== 'closed-gap' && (
                <span className="quiet">Closes with: {group.gap.closesWith}</span>
              )}
            </p>
          )}
        </section>
      ))}
      <Defines defines={explanation.defines} />
      {explanation.copyright && <p className="panel-note">{explanation.copyright}</p>}
    </div>
  );
}

function Defines({ defines }: { defines: ExplainedDefine[] }) {
  const [filter, setFilter] = useState<DefineFilter>('all');
  // A name can occur in two libraries; the measure's own, which comes first, gives the colour.
  const truths = new Map<string, Truth>();
  for (const define of defines) if (!truths.has(define.define)) truths.set(define.define, truthOf(define));
  const ownLibrary = defines.at(-1)?.library;
  const shown = filter === 'all' ? defines : defines.filter((define) => truthOf(define) === filter);

  return (
    <section className="panel" aria-labelledby="defines">
      <div className="panel-header defines-header">
        <h2 id="defines">Criteria</h2>
        <div className="segmented" role="group" aria-label="Show criteria that are">
          {FILTERS.map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={filter === choice}
              onClick={() => setFilter(choice)}
            >
              {choice} <span className="quiet number">{countOf(defines, choice)}</span>
            </button>
          ))}
        </div>
      </div>
      <div className="defines">
        {shown.map((define) => (
          <DefineEntry
            key={`${define.library} ${define.seq}`}
            define={define}
            truths={truths}
            showLibrary={define.library !== ownLibrary}
          />
        ))}
        {shown.length === 0 && <p className="quiet defines-empty">No criterion is {filter}.</p>}
      </div>
    </section>
  );
}

function countOf(defines: ExplainedDefine[], filter: DefineFilter): number {
  return filter === 'all' ? defines.length : defines.filter((define) => truthOf(define) === filter).length;
}
