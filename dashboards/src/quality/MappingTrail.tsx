import { useState } from 'react';
import type { CodeMapping } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { EmptyState } from '../design/EmptyState';
import { instantText } from '../design/format';
import { ReasonForm } from '../identity/ReasonForm';
import { useMay } from '../session/abilities';
import { CodeText } from './CodeText';
import { standingText, standingTone } from './mapping-text';
import { useWithdrawMapping } from './queries';

/** What people said that codes mean, with who, when and why; each can be withdrawn once. */
export function MappingTrail({ mappings }: { mappings: CodeMapping[] }) {
  if (mappings.length === 0)
    return (
      <div className="panel">
        <EmptyState title="Nobody has mapped a code yet" />
      </div>
    );
  return (
    <div className="panel">
      <div className="table-scroll" role="region" aria-label="Mappings" tabIndex={0}>
        <table className="quality-table">
          <caption className="visually-hidden">Mappings of codes, the latest first</caption>
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">Means</th>
              <th scope="col">Who and why</th>
              <th scope="col">Counts</th>
              <th scope="col">Withdrawn</th>
            </tr>
          </thead>
          <tbody>
            {mappings.map((mapping) => (
              <MappingRow key={mapping.id} mapping={mapping} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function MappingRow({ mapping }: { mapping: CodeMapping }) {
  const { system, code, targetSystem, targetCode, by, at, reason, withdrawn } = mapping;
  return (
    <tr>
      <th scope="row">
        <CodeText system={system} code={code} display={null} asWritten />
      </th>
      <td data-label="Means">
        <CodeText system={targetSystem} code={targetCode} display={null} />
      </td>
      <td className="quality-sentence">
        {by} <span className="cell-second number">{instantText(at)}</span>
        <span className="cell-second">{reason}</span>
      </td>
      <td data-label="Counts">
        <Chip tone={standingTone(mapping)}>{standingText(mapping)}</Chip>
      </td>
      <td className="quality-sentence">
        {withdrawn ? (
          <>
            {withdrawn.by} <span className="cell-second number">{instantText(withdrawn.at)}</span>
            <span className="cell-second">{withdrawn.reason}</span>
          </>
        ) : (
          <Withdraw mapping={mapping} />
        )}
      </td>
    </tr>
  );
}

function Withdraw({ mapping: { id, code } }: { mapping: CodeMapping }) {
  const mayMap = useMay('change:DataQuality');
  const [asked, setAsked] = useState(false);
  const withdraw = useWithdrawMapping(id);
  if (!mayMap) return null;
  if (!asked)
    return (
      <button
        type="button"
        className="button button-small"
        aria-label={`Withdraw the mapping of ${code}`}
        onClick={() => setAsked(true)}
      >
        Withdraw
      </button>
    );
  return (
    <ReasonForm
      action="Withdraw"
      placeholder="for example: the code means something else"
      pending={withdraw.isPending}
      error={withdraw.error}
      onSubmit={(reason) => withdraw.mutate(reason)}
      onCancel={() => setAsked(false)}
    />
  );
}
