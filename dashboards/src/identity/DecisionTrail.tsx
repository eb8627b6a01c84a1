import { useState } from 'react';
import type { IdentityDecision } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { EmptyState } from '../design/EmptyState';
import { instantText } from '../design/format';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { useMay } from '../session/abilities';
import { useIdentityDecisions, useWithdrawDecision } from './queries';
import { ReasonForm } from './ReasonForm';

/** What people decided, with who, when and why; each can be taken back once. */
export function DecisionTrail() {
  const decisions = useIdentityDecisions();
  return (
    <QueryView query={decisions} loading={<TableSkeleton label="Loading decisions" rows={6} />}>
      {(data) => (
        <div className="panel">
          {data.length === 0 ? (
            <EmptyState title="Nobody has decided anything yet" />
          ) : (
            <Trail decisions={data} />
          )}
        </div>
      )}
    </QueryView>
  );
}

function Trail({ decisions }: { decisions: IdentityDecision[] }) {
  return (
    <div className="table-scroll" role="region" aria-label="Decisions" tabIndex={0}>
      <table>
        <caption className="visually-hidden">Decisions about records, the latest first</caption>
        <thead>
          <tr>
            <th scope="col">Records</th>
            <th scope="col">Decision</th>
            <th scope="col">Who and why</th>
            <th scope="col">Taken back</th>
          </tr>
        </thead>
        <tbody>
          {decisions.map((decision) => (
            <TrailRow key={decision.id} decision={decision} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TrailRow({ decision }: { decision: IdentityDecision }) {
  const { leftName, rightName, verdict, by, at, reason, withdrawn } = decision;
  return (
    <tr>
      <th scope="row">
        {leftName ?? 'a record that is not published'}
        <span className="cell-second">{rightName ?? 'a record that is not published'}</span>
      </th>
      <td>
        <Chip tone={withdrawn ? 'neutral' : 'outline'}>
          {verdict === 'same' ? 'one person' : 'two people'}
        </Chip>
      </td>
      <td>
        {by} <span className="cell-second number">{instantText(at)}</span>
        <span className="cell-second">{reason}</span>
      </td>
      <td>
        {withdrawn ? (
          <>
            {withdrawn.by} <span className="cell-second number">{instantText(withdrawn.at)}</span>
            <span className="cell-second">{withdrawn.reason}</span>
          </>
        ) : (
          <Withdraw decision={decision} />
        )}
      </td>
    </tr>
  );
}

function Withdraw({ decision }: { decision: IdentityDecision }) {
  const mayDecide = useMay('change:Identity');
  const [asked, setAsked] = useState(false);
  const withdraw = useWithdrawDecision(decision.id);
  if (!mayDecide) return null;
  if (!asked) {
    return (
      <button type="button" className="button button-small" onClick={() => setAsked(true)}>
        Undo
      </button>
    );
  }
  return (
    <ReasonForm
      action="Undo"
      placeholder="for example: wrong chart"
      pending={withdraw.isPending}
      error={withdraw.error}
      onSubmit={(reason) => withdraw.mutate(reason)}
      onCancel={() => setAsked(false)}
    />
  );
}
