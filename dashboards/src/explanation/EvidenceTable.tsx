import type { CountedCode, ExplainedResource } from '../../../apps/api/src/clinical/contract';
import { countText, dateText } from '../design/format';
import { codeSystemText } from './code-system';

interface EvidenceTableProps {
  label: string;
  evidence: ExplainedResource[];
  total: number;
}

/** The resources behind a define: date, what it is, value, code and FHIR id. */
export function EvidenceTable({ label, evidence, total }: EvidenceTableProps) {
  return (
    <div className="table-scroll evidence" role="region" aria-label={`Evidence: ${label}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Evidence</th>
            <th scope="col">Value</th>
            <th scope="col">Code</th>
            <th scope="col">FHIR resource</th>
          </tr>
        </thead>
        <tbody>
          {evidence.map((resource) => (
            <tr key={`${resource.type}/${resource.id}`}>
              <td className="cell-date">{dateText(resource.date)}</td>
              <td>{resource.display ?? <span className="quiet">no display</span>}</td>
              <td className="number">{resource.valueText ?? ''}</td>
              <td>
                <code>{resource.code}</code>
                <span className="cell-second">{codeSystemText(resource.codeSystem)}</span>
                {resource.countsAs.map((counted) => (
                  <CountsAs key={`${counted.system} ${counted.code}`} counted={counted} of={resource} />
                ))}
              </td>
              <td>
                <code className="resource-id">
                  {resource.type}/{resource.id}
                </code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > evidence.length && (
        <p className="panel-note evidence-more">
          The newest {countText(evidence.length)} of {countText(total)}.
        </p>
      )}
    </div>
  );
}

/** That a code counts as another one, and who says so since when. */
function CountsAs({ counted, of }: { counted: CountedCode; of: ExplainedResource }) {
  const { system, code, targetSystem, targetCode, by, at } = counted;
  // A concept may have several codes, of which the table shows the first.
  const isShown = code === of.code && system === of.codeSystem;
  return (
    <span className="cell-second counts-as">
      {!isShown && (
        <>
          <code>{code}</code> of {system === null ? 'no system' : codeSystemText(system)}{' '}
        </>
      )}
      counts as <code>{targetCode}</code> ({codeSystemText(targetSystem)}) by a mapping
      {by && at && ` of ${dateText(at)}, ${by}`}
    </span>
  );
}
