import { useState } from 'react';
import type { QualityFinding, QualitySeverity } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { EmptyState } from '../design/EmptyState';
import { capitalized, countText, plural } from '../design/format';
import { SelectFilter } from '../filters/SelectFilter';
import { CLASS_TEXT, findingText, SEVERITY_TEXT, severityTone, type FindingClass } from './finding-text';

const NOTHING_CHOSEN = { severity: '', source: '', type: '', class: '' };
type Choice = typeof NOTHING_CHOSEN;

const FIRST_SHOWN = 40;

/** What is wrong with the data that are stored: errors first, and of these what most resources have. */
export function FindingsPanel({ findings }: { findings: QualityFinding[] }) {
  const [choice, setChoice] = useState<Choice>(NOTHING_CHOSEN);
  const [everything, setEverything] = useState(false);
  const chosen = findings.filter((finding) => fits(finding, choice));
  const shown = everything ? chosen : chosen.slice(0, FIRST_SHOWN);
  return (
    <section className="panel" aria-labelledby="findings">
      <div className="panel-header">
        <h2 id="findings">Findings</h2>
        <span className="panel-note" data-testid="list-total">
          {plural(chosen.length, 'finding')}
        </span>
      </div>
      {findings.length === 0 ? (
        <EmptyState title="Nothing was found">Every check of the stored data passed.</EmptyState>
      ) : (
        <>
          <FindingFilters findings={findings} choice={choice} onChoose={setChoice} />
          {chosen.length === 0 ? (
            <EmptyState
              title="Nothing of this kind was found"
              action={
                <button type="button" className="button" onClick={() => setChoice(NOTHING_CHOSEN)}>
                  Show all findings
                </button>
              }
            />
          ) : (
            <FindingTable findings={shown} label="Findings, errors first" />
          )}
          {shown.length < chosen.length && (
            <div className="panel-body">
              <button type="button" className="button" onClick={() => setEverything(true)}>
                Show all {countText(chosen.length)}
              </button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function fits(finding: QualityFinding, choice: Choice): boolean {
  return (
    (choice.severity === '' || finding.severity === choice.severity) &&
    (choice.source === '' || finding.source === choice.source) &&
    (choice.type === '' || finding.type === choice.type) &&
    (choice.class === '' || finding.class === choice.class)
  );
}

interface FindingFiltersProps {
  findings: QualityFinding[];
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

function FindingFilters({ findings, choice, onChoose }: FindingFiltersProps) {
  const select = (name: keyof Choice, label: string, everything: string, textOf = (id: string) => id) => (
    <SelectFilter
      label={label}
      everything={everything}
      value={choice[name]}
      options={valuesOf(findings, name).map((id) => ({ id, label: textOf(id) }))}
      onChange={(value) => onChoose({ ...choice, [name]: value })}
    />
  );
  return (
    <div className="filter-bar quality-filters" role="group" aria-label="Filter the findings">
      {select(
        'severity',
        'Severity',
        'Errors and warnings',
        (id) => `${capitalized(SEVERITY_TEXT[id as QualitySeverity])}s`,
      )}
      {select('source', 'Source', 'All sources')}
      {select('type', 'Resource type', 'All types')}
      {select('class', 'Kind', 'All kinds', (id) => CLASS_TEXT[id as FindingClass])}
    </div>
  );
}

function valuesOf(findings: QualityFinding[], name: keyof Choice): string[] {
  const values = new Set(findings.map((finding) => finding[name]));
  return [...values].filter((value): value is NonNullable<typeof value> => value !== null).sort();
}

/** The same columns for everything that checks find. */
export function FindingTable({ findings, label }: { findings: QualityFinding[]; label: string }) {
  return (
    <div className="table-scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="quality-table">
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Finding</th>
            <th scope="col">Source</th>
            <th scope="col" className="cell-number">
              Resources
            </th>
            <th scope="col">Examples</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <FindingRow
              key={[finding.check, finding.source, finding.type, finding.element].join(' ')}
              finding={finding}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FindingRow({ finding }: { finding: QualityFinding }) {
  const { severity, source, affected, total, examples, type } = finding;
  return (
    <tr>
      <td>
        <Chip tone={severityTone(severity)}>{SEVERITY_TEXT[severity]}</Chip>
      </td>
      <td className="quality-sentence">
        {findingText(finding)}
        <span className="cell-second">
          {CLASS_TEXT[finding.class]}, check {finding.check}
        </span>
      </td>
      <td data-label="Source">{source}</td>
      <td className="cell-number" data-label={total === null ? undefined : 'Resources'}>
        {total !== null && (
          <>
            {countText(affected)}
            <span className="cell-second">of {countText(total)}</span>
          </>
        )}
      </td>
      <td className="quality-examples">
        {examples.length > 0 && (
          <details>
            <summary>{plural(examples.length, 'resource')}</summary>
            <ul>
              {examples.map((id) => (
                <li key={id}>
                  <code className="resource-id">{type ? `${type}/${id}` : id}</code>
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
    </tr>
  );
}
