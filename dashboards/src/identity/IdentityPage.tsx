import { useState } from 'react';
import type { IdentityPairState } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { countText, plural } from '../design/format';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { DecisionTrail } from './DecisionTrail';
import { PairPanel } from './PairPanel';
import { PAGE_SIZE, useIdentityPairs } from './queries';
import './identity.css';

type View = IdentityPairState | 'decisions';

const VIEWS: { view: View; label: string }[] = [
  { view: 'waiting', label: 'To be decided' },
  { view: 'merged', label: 'Merged by comparison' },
  { view: 'decisions', label: 'Decisions' },
];

/** Records of several sources that may be one person: the evidence, and what people make of it. */
export default function IdentityPage() {
  const [view, setView] = useState<View>('waiting');
  return (
    <>
      <PageHeader
        title="One person or two"
        documentTitle="Identity"
        subtitle="Records of several sources that may be one person. A decision holds from the next evaluation on, stands above every comparison, and can be undone."
      />
      <div className="segmented identity-views" role="group" aria-label="What to show">
        {VIEWS.map(({ view: each, label }) => (
          <button key={each} type="button" aria-pressed={each === view} onClick={() => setView(each)}>
            {label}
          </button>
        ))}
      </div>
      {view === 'decisions' ? <DecisionTrail /> : <Pairs key={view} state={view} />}
    </>
  );
}

function Pairs({ state }: { state: IdentityPairState }) {
  const [page, setPage] = useState(0);
  const pairs = useIdentityPairs(state, page);
  return (
    <QueryView query={pairs} loading={<TableSkeleton label="Loading pairs of records" rows={8} />}>
      {({ total, pairs: shown }) =>
        total === 0 ? (
          <div className="panel">
            <EmptyState
              title={
                state === 'waiting' ? 'Nothing waits for a decision' : 'Nothing was merged by comparison'
              }
            >
              {state === 'waiting'
                ? 'Pairs appear here after an evaluation, when records are alike and nobody has decided.'
                : 'Records that are clearly one person are merged at an evaluation.'}
            </EmptyState>
          </div>
        ) : (
          <div className="stack">
            {shown.map((pair) => (
              <PairPanel key={`${pair.left.recordId} ${pair.right.recordId}`} pair={pair} />
            ))}
            <PairPager total={total} page={page} shown={shown.length} onPage={setPage} />
          </div>
        )
      }
    </QueryView>
  );
}

interface PairPagerProps {
  total: number;
  page: number;
  shown: number;
  onPage: (page: number) => void;
}

function PairPager({ total, page, shown, onPage }: PairPagerProps) {
  const first = page * PAGE_SIZE;
  // The last pair of the last page was decided: there is nothing here any more.
  if (shown === 0 && page > 0) {
    return (
      <button type="button" className="button" onClick={() => onPage(0)}>
        To the first pairs
      </button>
    );
  }
  return (
    <div className="pager">
      <span>
        {countText(first + 1)}–{countText(first + shown)} of {plural(total, 'pair')}
      </span>
      <span className="buttons">
        <button
          type="button"
          className="button button-small"
          disabled={page === 0}
          onClick={() => onPage(page - 1)}
        >
          Previous
        </button>
        <button
          type="button"
          className="button button-small"
          disabled={first + shown >= total}
          onClick={() => onPage(page + 1)}
        >
          Next
        </button>
      </span>
    </div>
  );
}
