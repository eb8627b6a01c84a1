import type { Explanation } from '../../../apps/api/src/clinical/contract';
import { DatedText } from '../design/DatedText';
import { EmptyState } from '../design/EmptyState';
import { capitalized } from '../design/format';
import { GapChip } from '../gaps/GapChip';
import { Defines } from './Defines';
import { PopulationPath } from './PopulationPath';
import './explanation.css';

/** Why: populations, the reason in a sentence, and every define with what it came to. */
export function ExplanationView({ explanation }: { explanation: Explanation }) {
  if (!explanation.evaluated) {
    return (
      <div className="panel">
        <EmptyState title="Not evaluated">
          {explanation.notEvaluatedReason
            ? `The logic meets data of this patient that it cannot decide on: ${explanation.notEvaluatedReason}. `
            : 'The last run did not evaluate this measure for this patient. '}
          That is neither “no gap” nor zero.
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
              {group.gap.detail && (
                <span>
                  <DatedText>{capitalized(group.gap.detail)}</DatedText>
                </span>
              )}
              {group.gap.closesWith && group.gap.gapStatus !== 'closed-gap' && (
                <span className="quiet">Closes with: {group.gap.closesWith}</span>
              )}
            </p>
          )}
        </section>
      ))}
      <Defines defines={explanation.defines} groups={explanation.groups} />
      {explanation.copyright && <p className="panel-note">{explanation.copyright}</p>}
    </div>
  );
}
