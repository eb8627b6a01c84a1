import { useState } from 'react';
import type { IdentityPair, IdentityVerdict } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { plural } from '../design/format';
import { useMay } from '../session/abilities';
import { PairComparison } from './PairComparison';
import { useDecideIdentity } from './queries';
import { ReasonForm } from './ReasonForm';

/** One pair: the evidence, and for who may: the decision. */
export function PairPanel({ pair }: { pair: IdentityPair }) {
  const { left, right, score, thresholds, contradictions } = pair;
  return (
    <section
      className="panel pair"
      aria-label={`Records of ${left.source} and ${right.source}, ${score} points`}
    >
      <header className="panel-header">
        <div>
          <h2>
            {left.source} and {right.source}
          </h2>
          <p className="quiet">
            <strong className="number">{plural(score, 'point')}</strong>: from {thresholds.same} on one
            person, from {thresholds.review} on to be looked at
          </p>
        </div>
        <span className="chips">
          {contradictions.map((text) => (
            <Chip key={text} tone="worse">
              {text}
            </Chip>
          ))}
        </span>
      </header>
      <PairComparison pair={pair} />
      <PairDecision pair={pair} />
    </section>
  );
}

const WORDS: Record<IdentityVerdict, { button: string; placeholder: string }> = {
  same: { button: 'Merge', placeholder: 'for example: same insurance card, patient confirmed by phone' },
  apart: { button: 'Keep apart', placeholder: 'for example: twin sisters' },
};

function PairDecision({ pair: { left, right, state } }: { pair: IdentityPair }) {
  const mayDecide = useMay('change:Identity');
  const [verdict, setVerdict] = useState<IdentityVerdict | null>(null);
  const decide = useDecideIdentity();
  if (!mayDecide) return null;
  if (verdict) {
    return (
      <div className="panel-body">
        <ReasonForm
          action={WORDS[verdict].button}
          placeholder={WORDS[verdict].placeholder}
          pending={decide.isPending}
          error={decide.error}
          onSubmit={(reason) =>
            decide.mutate({ left: left.recordId, right: right.recordId, verdict, reason })
          }
          onCancel={() => setVerdict(null)}
        />
      </div>
    );
  }
  return (
    <div className="panel-body pair-actions">
      {state === 'waiting' && (
        <button type="button" className="button button-primary" onClick={() => setVerdict('same')}>
          One person: merge
        </button>
      )}
      <button type="button" className="button" onClick={() => setVerdict('apart')}>
        Two people: keep apart
      </button>
    </div>
  );
}
