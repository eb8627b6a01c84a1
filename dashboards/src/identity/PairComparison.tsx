import type { IdentityFinding, IdentityPair } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { DASH, dateText, signedText } from '../design/format';
import { Icon } from '../design/Icon';
import { compareFields, isDifference } from './comparison';

/** Two records side by side; where they differ is marked, and every finding has its points. */
export function PairComparison({ pair }: { pair: IdentityPair }) {
  const { left, right } = pair;
  return (
    <table className="pair-table">
      <caption className="visually-hidden">
        Two records field by field, with the points of each comparison
      </caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          {[left, right].map((record) => (
            <th scope="col" key={record.recordId}>
              {record.source}
              <span className="cell-second">updated {dateText(record.lastUpdated)}</span>
            </th>
          ))}
          <th scope="col">Comparison</th>
        </tr>
      </thead>
      <tbody>
        {compareFields(pair).map(({ label, left: one, right: other, findings }) => (
          <tr key={label} className={rowClass([...one, ...other], findings)}>
            <th scope="row">{label}</th>
            <Values source={left.source} values={one} />
            <Values source={right.source} values={other} />
            <td>
              {findings.length === 0 ? (
                <span className="quiet">not compared</span>
              ) : (
                findings.map((finding) => <Finding key={finding.field} finding={finding} />)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function rowClass(values: string[], findings: IdentityFinding[]): string | undefined {
  if (values.length === 0) return 'pair-unstated';
  return findings.some(isDifference) ? 'pair-differs' : undefined;
}

function Values({ source, values }: { source: string; values: string[] }) {
  return (
    <td data-source={source}>
      {values.length === 0 ? (
        <span className="quiet">{DASH}</span>
      ) : (
        values.map((value) => <div key={value}>{value}</div>)
      )}
    </td>
  );
}

function Finding({ finding }: { finding: IdentityFinding }) {
  const differs = isDifference(finding);
  return (
    <span className="pair-finding">
      <Chip tone={differs ? 'worse' : 'better'}>
        <Icon name={differs ? 'alert' : 'equals'} /> {finding.outcome}
      </Chip>{' '}
      <span className="number quiet">{signedText(finding.weight, 1)}</span>
    </span>
  );
}
