import { useState } from 'react';
import type { Stratum } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { countText, DASH, percentText } from '../design/format';

/** Rates by site, payer, sex, age and so on. Small cells arrive withheld and are shown as `1–10`. */
export function StrataTable({ strata }: { strata: Stratum[] }) {
  const [dimension, setDimension] = useState(strata[0]?.dimension);
  const stratum = strata.find((candidate) => candidate.dimension === dimension) ?? strata[0];
  return (
    <section className="panel" aria-labelledby="strata">
      <div className="panel-header">
        <h2 id="strata">Strata</h2>
        {stratum && (
          <select
            className="select strata-select"
            aria-label="Stratify by"
            value={stratum.dimension}
            onChange={(event) =>
              setDimension(strata.find((candidate) => candidate.dimension === event.target.value)?.dimension)
            }
          >
            {strata.map((candidate) => (
              <option key={candidate.dimension} value={candidate.dimension}>
                {candidate.label}
              </option>
            ))}
          </select>
        )}
      </div>
      {stratum ? <StratumRows stratum={stratum} /> : <EmptyState title="No strata" />}
    </section>
  );
}

function StratumRows({ stratum }: { stratum: Stratum }) {
  return (
    <>
      <div className="table-scroll" role="region" aria-label={`Rate by ${stratum.label}`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{stratum.label}</th>
              <th scope="col" className="cell-number">
                Numerator
              </th>
              <th scope="col" className="cell-number">
                Denominator
              </th>
              <th scope="col" className="cell-number">
                Rate
              </th>
            </tr>
          </thead>
          <tbody>
            {stratum.members.map((member) => (
              <tr key={member.memberId}>
                <th scope="row">{member.label}</th>
                <td className="cell-number">
                  {member.suppressed ? <Withheld /> : countText(member.performanceNumerator)}
                </td>
                <td className="cell-number">
                  {member.suppressed ? <Withheld /> : countText(member.performanceDenominator)}
                </td>
                <td className="cell-number">{member.suppressed ? DASH : rateText(member.performanceRate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {stratum.members.some(({ suppressed }) => suppressed) && (
        <p className="panel-note strata-note">
          1–10: withheld so that nobody can be recognised, together with the cell it could be computed from.
        </p>
      )}
    </>
  );
}

function Withheld() {
  return <span className="quiet">1–10</span>;
}

function rateText(rate: number | null): string {
  return rate === null ? 'no denominator' : percentText(rate);
}
