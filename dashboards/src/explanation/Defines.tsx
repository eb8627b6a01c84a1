import { useState } from 'react';
import type { ExplainedDefine, Explanation } from '../../../apps/api/src/clinical/contract';
import { plural } from '../design/format';
import { DefineEntry } from './DefineEntry';
import { truthOf, type Truth } from './truth';

type DefineFilter = 'all' | Truth;

/** Together the four are all of them. */
const FILTERS: { choice: DefineFilter; label: string }[] = [
  { choice: 'all', label: 'all' },
  { choice: 'true', label: 'true' },
  { choice: 'false', label: 'false' },
  { choice: 'unknown', label: 'unknown' },
  { choice: 'value', label: 'values' },
];

/** Every define in the measure's order; supplemental data, which decides nothing, is folded away below. */
export function Defines({ defines, groups }: Pick<Explanation, 'defines' | 'groups'>) {
  const [filter, setFilter] = useState<DefineFilter>('all');
  // A name can occur in two libraries; the measure's own, which comes first, gives the colour.
  const truths = new Map<string, Truth>();
  for (const define of defines) if (!truths.has(define.define)) truths.set(define.define, truthOf(define));
  const ownLibrary = defines.at(-1)?.library ?? '';
  const criteria = defines.filter((define) => !isSupplemental(define));
  const supplemental = defines.filter(isSupplemental);
  const shared = { truths, ownLibrary, groups };
  const shown = criteria.filter((define) => filter === 'all' || truthOf(define) === filter);

  return (
    <section className="panel" aria-labelledby="defines">
      <div className="panel-header defines-header">
        <h2 id="defines">Criteria</h2>
        <div className="segmented" role="group" aria-label="Show criteria that are">
          {FILTERS.map(({ choice, label }) => (
            <button
              key={choice}
              type="button"
              aria-pressed={filter === choice}
              onClick={() => setFilter(choice)}
            >
              {label} <span className="quiet number">{countOf(criteria, choice)}</span>
            </button>
          ))}
        </div>
      </div>
      <DefineEntries defines={shown} {...shared} />
      {shown.length === 0 && <p className="quiet defines-empty">No criterion is of this kind.</p>}
      {supplemental.length > 0 && (
        <details className="supplemental">
          <summary>{plural(supplemental.length, 'supplemental data element')}</summary>
          <DefineEntries defines={supplemental} {...shared} />
        </details>
      )}
    </section>
  );
}

interface DefineEntriesProps {
  defines: ExplainedDefine[];
  truths: Map<string, Truth>;
  ownLibrary: string;
  groups: Explanation['groups'];
}

function DefineEntries({ defines, truths, ownLibrary, groups }: DefineEntriesProps) {
  return (
    <div className="defines">
      {defines.map((define) => (
        <DefineEntry
          key={`${define.library} ${define.seq}`}
          define={define}
          truths={truths}
          groups={groups}
          showLibrary={define.library !== ownLibrary}
        />
      ))}
    </div>
  );
}

/** Data elements that no population refers to, by the naming convention of measure authors. */
function isSupplemental({ define, decides }: ExplainedDefine): boolean {
  return define.startsWith('SDE ') && (decides ?? []).length === 0;
}

function countOf(defines: ExplainedDefine[], filter: DefineFilter): number {
  return filter === 'all' ? defines.length : defines.filter((define) => truthOf(define) === filter).length;
}
