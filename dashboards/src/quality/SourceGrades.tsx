import type { QualityFinding, SourceQuality } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { countText, percentText } from '../design/format';
import { findingText } from './finding-text';
import { GradeMark } from './GradeMark';
import { GradeTrend } from './GradeTrend';

interface SourceGradesProps {
  sources: SourceQuality[];
  /** The worst first. */
  findings: QualityFinding[];
}

/** How much of what each source sent can be used, and what costs it most. */
export function SourceGrades({ sources, findings }: SourceGradesProps) {
  return (
    <section className="panel" aria-labelledby="source-grades">
      <div className="panel-header">
        <h2 id="source-grades">Sources</h2>
        <span className="panel-note">
          A resource with an error counts nothing, one with a warning a half.
        </span>
      </div>
      {sources.length === 0 ? (
        <EmptyState title="No source sent anything" />
      ) : (
        <div className="table-scroll" role="region" aria-label="Grades of sources" tabIndex={0}>
          <table className="quality-table">
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col">Grade</th>
                <th scope="col" className="cell-number">
                  Usable
                </th>
                <th scope="col">What costs most</th>
                <th scope="col" className="cell-number">
                  Patients
                </th>
                <th scope="col" className="cell-number">
                  Resources
                </th>
                <th scope="col">Evaluations</th>
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => (
                <SourceRow
                  key={source.source}
                  source={source}
                  findings={findings.filter((finding) => finding.source === source.source)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const REASONS = 3;

function SourceRow({ source, findings }: { source: SourceQuality; findings: QualityFinding[] }) {
  const { grade, score, patients, resources, trend } = source;
  const costly = findings.filter(({ severity }) => severity !== 'info').sort((a, b) => costOf(b) - costOf(a));
  return (
    <tr>
      <th scope="row" className="strong">
        {source.source}
      </th>
      <td>
        <GradeMark grade={grade} />
      </td>
      <td className="cell-number" data-label="Usable">
        {score === null ? 'nothing' : percentText(score)}
      </td>
      <td className="quality-reasons">
        {costly.length === 0 ? (
          <span className="quiet">nothing was found</span>
        ) : (
          <ul>
            {costly.slice(0, REASONS).map((finding) => (
              <li key={`${finding.check} ${finding.type} ${finding.element}`}>{findingText(finding)}</li>
            ))}
            {costly.length > REASONS && <li className="quiet">and {costly.length - REASONS} more, below</li>}
          </ul>
        )}
      </td>
      <td className="cell-number" data-label="Patients">
        {countText(patients)}
      </td>
      <td className="cell-number" data-label="Resources">
        {countText(resources)}
      </td>
      <td data-label="Evaluations">
        <GradeTrend trend={trend} />
      </td>
    </tr>
  );
}

/** Resources that a finding takes away. */
function costOf({ severity, affected, class: kind }: QualityFinding): number {
  if (kind === 'feed') return 0;
  return severity === 'error' ? affected : affected / 2;
}
