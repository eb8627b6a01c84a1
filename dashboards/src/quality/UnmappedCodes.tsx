import { useState } from 'react';
import type { CodeMapping, UnmappedCode } from '../../../apps/api/src/clinical/contract';
import { Drawer } from '../design/Drawer';
import { EmptyState } from '../design/EmptyState';
import { countText, plural } from '../design/format';
import { SelectFilter } from '../filters/SelectFilter';
import { useMay } from '../session/abilities';
import { CodeText } from './CodeText';
import { MappingForm } from './MappingForm';
import { heldMapping, LIKENESS_TEXT } from './mapping-text';

interface UnmappedCodesProps {
  codes: UnmappedCode[];
  mappings: CodeMapping[];
}

const FIRST_SHOWN = 50;

/** Ranked by patients; a code is mapped beside the list. */
export function UnmappedCodes({ codes, mappings }: UnmappedCodesProps) {
  const [choice, setChoice] = useState({ type: '', suggestion: '' });
  const [everything, setEverything] = useState(false);
  const [chosen, setChosen] = useState<UnmappedCode | null>(null);
  const shown = codes.filter(
    ({ type, target }) =>
      (choice.type === '' || type === choice.type) &&
      (choice.suggestion === '' || (target !== null) === (choice.suggestion === 'with')),
  );
  const listed = everything ? shown : shown.slice(0, FIRST_SHOWN);
  if (codes.length === 0)
    return (
      <div className="panel">
        <EmptyState title="No code waits for a mapping">
          Every code of the types that measures look for is in a value set, mapped, or of a standard system.
        </EmptyState>
      </div>
    );
  return (
    <section className="panel" aria-label="Codes to map">
      <div className="filter-bar quality-filters" role="group" aria-label="Filter the codes">
        <SelectFilter
          label="Suggestion"
          everything="All codes"
          value={choice.suggestion}
          options={[
            { id: 'with', label: 'With a suggestion' },
            { id: 'without', label: 'Without one' },
          ]}
          onChange={(suggestion) => setChoice({ ...choice, suggestion })}
        />
        <SelectFilter
          label="Resource type"
          everything="All types"
          value={choice.type}
          options={[...new Set(codes.map(({ type }) => type))].sort().map((id) => ({ id, label: id }))}
          onChange={(type) => setChoice({ ...choice, type })}
        />
        <span className="end panel-note" data-testid="list-total">
          {plural(shown.length, 'code')}
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState title="No such code" />
      ) : (
        <>
          <CodeTable codes={listed} mappings={mappings} onChoose={setChosen} />
          {listed.length < shown.length && (
            <div className="panel-body">
              <button type="button" className="button" onClick={() => setEverything(true)}>
                Show all {countText(shown.length)}
              </button>
            </div>
          )}
        </>
      )}
      {chosen && (
        <Drawer
          label={`Map the code ${chosen.code}`}
          title={<strong>Which code does {chosen.code} mean?</strong>}
          onClose={() => setChosen(null)}
        >
          <MappingForm unmapped={chosen} onSaved={() => setChosen(null)} />
        </Drawer>
      )}
    </section>
  );
}

interface CodeTableProps extends UnmappedCodesProps {
  onChoose: (code: UnmappedCode) => void;
}

function CodeTable({ codes, mappings, onChoose }: CodeTableProps) {
  return (
    <div className="table-scroll" role="region" aria-label="Codes by patients" tabIndex={0}>
      <table className="quality-table">
        <caption className="visually-hidden">
          Codes that no value set knows, those of most patients first
        </caption>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col" className="cell-number">
              Patients
            </th>
            <th scope="col">Type</th>
            <th scope="col">May mean</th>
            <th scope="col">Mapping</th>
          </tr>
        </thead>
        <tbody>
          {codes.map((unmapped) => (
            <CodeRow
              key={`${unmapped.type} ${unmapped.system} ${unmapped.code}`}
              unmapped={unmapped}
              held={heldMapping(mappings, unmapped)}
              onChoose={() => onChoose(unmapped)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CodeRowProps {
  unmapped: UnmappedCode;
  held: CodeMapping | undefined;
  onChoose: () => void;
}

function CodeRow({ unmapped, held, onChoose }: CodeRowProps) {
  const { type, system, code, display, patients, resources, likeness, target } = unmapped;
  const mayMap = useMay('change:DataQuality');
  return (
    <tr>
      <th scope="row">
        <CodeText system={system} code={code} display={display} asWritten />
      </th>
      <td className="cell-number" data-label="Patients">
        {countText(patients)}
        <span className="cell-second">{plural(resources, 'resource')}</span>
      </td>
      <td>{type}</td>
      <td data-label="May mean">
        {target && <CodeText {...target} />}
        <span className="cell-second">{LIKENESS_TEXT[likeness]}</span>
      </td>
      <td>
        {held ? (
          <>
            <CodeText system={held.targetSystem} code={held.targetCode} display={null} />
            <span className="cell-second">by {held.by}; counts from the next evaluation on</span>
          </>
        ) : (
          mayMap && (
            <button
              type="button"
              className="button button-small"
              aria-label={`Map the code ${code} of ${type}`}
              onClick={onChoose}
            >
              Map…
            </button>
          )
        )}
      </td>
    </tr>
  );
}
