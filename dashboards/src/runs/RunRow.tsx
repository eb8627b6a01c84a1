import type { Run } from '../../../apps/api/src/clinical/contract';
import { Chip, type Tone } from '../design/Chip';
import { countText, DASH, dateText, durationText, instantText, plural } from '../design/format';
import { RunDecision } from './RunDecision';

export function RunRow({ run }: { run: Run }) {
  return (
    <tr>
      <th scope="row" className="run-id">
        <code>{run.runId}</code>
        <span className="cell-second number">{instantText(run.startedAt)}</span>
      </th>
      <td>
        <span className="chips">
          <Chip tone={toneOf(run.state)}>{run.state}</Chip>
          {run.published && <Chip tone="outline">published</Chip>}
        </span>
        {run.message && <span className="cell-second run-message">{run.message}</span>}
        <RunDecision run={run} />
      </td>
      <td className="cell-date">
        {dateText(run.periodStart)}
        <span className="cell-second">to {dateText(run.periodEnd)}</span>
      </td>
      <td className="cell-date">{dateText(run.dataAsOf)}</td>
      <td className="cell-number">{countText(run.patients)}</td>
      <td>
        <details className="run-measures">
          <summary>{plural(run.measures.length, 'measure')}</summary>
          <ul>
            {run.measures.map(({ measureId, version, keptFrom }) => (
              <li key={measureId}>
                {measureId} <span className="quiet number">v{version}</span>
                {keptFrom && <span className="quiet"> kept from {keptFrom}</span>}
              </li>
            ))}
          </ul>
        </details>
        <span className="cell-second">engine {run.engineVersion ?? DASH}</span>
      </td>
      <td>
        {run.startedBy ?? 'scheduler'}
        <span className="cell-second">{run.reason}</span>
      </td>
      <td className="cell-number">{durationText(run.durationMs)}</td>
      <td>
        {run.contentHash ? (
          <code className="hash" title={run.contentHash}>
            {run.contentHash.slice(0, 12)}
          </code>
        ) : (
          <span className="quiet">{DASH}</span>
        )}
      </td>
    </tr>
  );
}

function toneOf(state: Run['state']): Tone {
  switch (state) {
    case 'succeeded':
      return 'better';
    case 'failed':
    case 'suspicious':
      return 'worse';
    case 'queued':
    case 'running':
      return 'unknown';
    case 'dismissed':
      return 'neutral';
  }
}
