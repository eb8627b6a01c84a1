import { useState } from 'react';
import type { PanelFilter, Stratum, StratumMember } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { countText, DASH, percentText } from '../design/format';
import type { MeasureGroupProps } from './measure-group';
import { TermLinks } from './TermLinks';

/** Rates by site, payer, sex, age and so on. Small cells arrive withheld and are shown as such. */
export function StrataTable(props: MeasureGroupProps) {
  const { strata } = props.group;
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
      {stratum ? <StratumRows {...props} stratum={stratum} /> : <EmptyState title="No strata" />}
    </section>
  );
}

function StratumRows({ measure, group, filter, stratum }: MeasureGroupProps & { stratum: Stratum }) {
  return (
    <>
      <div className="table-scroll" role="region" aria-label={`Rate by ${stratum.label}`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{stratum.label}</th>
              <th scope="col" className="cell-number">
                Numerator / denominator
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
                  <StratumTerms measure={measure} group={group} filter={filter} of={[stratum, member]} />
                </td>
                <td className="cell-number">{member.suppressed ? DASH : rateText(member.performanceRate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {stratum.members.some(({ suppressed }) => suppressed) && (
        <p className="panel-note strata-note">
          Withheld: cells of 1–10 people, so that nobody can be recognised, and the cells they could be
          computed from.
        </p>
      )}
    </>
  );
}

interface StratumTermsProps extends MeasureGroupProps {
  of: [Stratum, StratumMember];
}

/** The two terms of a member's rate; links where the lists can be filtered by the member. */
function StratumTerms({ measure, group, filter, of: [stratum, member] }: StratumTermsProps) {
  if (member.suppressed) return <span className="quiet">withheld</span>;
  const narrowed = filterBy(stratum, member);
  if (narrowed)
    return <TermLinks measure={measure} group={group} filter={{ ...filter, ...narrowed }} of={member} />;
  return (
    <>
      {countText(member.performanceNumerator)} / {countText(member.performanceDenominator)}
    </>
  );
}

function filterBy({ dimension }: Stratum, { memberId }: StratumMember): PanelFilter | null {
  if (memberId === '') return null;
  if (dimension === 'site') return { site: memberId };
  return dimension === 'payer' ? { payer: memberId } : null;
}

function rateText(rate: number | null): string {
  return rate === null ? 'no denominator' : percentText(rate);
}
