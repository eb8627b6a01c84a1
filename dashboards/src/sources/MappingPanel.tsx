import { useRef, useState } from 'react';
import type { SourceMappingRequest, SourceSummary } from '../../../apps/api/src/clinical/contract';
import { instantText } from '../design/format';
import { MappingCheck } from './MappingCheck';
import { useCheckMapping, useMappingText, useReplaceMapping } from './queries';

/** What the CSV files of a source mean: the version that holds, and trying and keeping another one. */
export function MappingPanel({ source }: { source: SourceSummary }) {
  const { sourceId, mapping } = source;
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<SourceMappingRequest | null>(null);
  const check = useCheckMapping(sourceId);
  const keep = useReplaceMapping(sourceId);
  const held = useMappingText(sourceId, mapping !== null);
  const current = chosen ?? (held.data ? { fileName: held.data.fileName, text: held.data.text } : null);
  const choose = async (file: File | undefined) => {
    check.reset();
    keep.reset();
    setChosen(file ? { fileName: file.name, text: await file.text() } : null);
  };
  const keepChosen = () => {
    if (!chosen) return;
    keep.mutate(chosen, {
      onSuccess: () => {
        setChosen(null);
        if (input.current) input.current.value = '';
      },
    });
  };
  const problem = keep.error ?? check.error;
  return (
    <section className="panel" aria-labelledby="source-mapping">
      <div className="panel-header">
        <h2 id="source-mapping">Mapping</h2>
        <span className="panel-note">
          A YAML or JSON file that says what the columns mean. A check reads the first rows of the files that
          wait in the folder and loads nothing.
        </span>
      </div>
      <div className="panel-body stack">
        {mapping ? (
          <p>
            Version {mapping.version}, <code>{mapping.fileName}</code>, given by {mapping.createdBy} on{' '}
            {instantText(mapping.createdAt)}
          </p>
        ) : (
          <p className="tone-worse">There is no mapping yet: files wait until there is one.</p>
        )}
        {held.data && (
          <details className="field-group">
            <summary>Show the mapping</summary>
            <pre className="mapping-text" tabIndex={0} aria-label="Text of the mapping">
              {held.data.text}
            </pre>
          </details>
        )}
        <div className="file-upload">
          <input
            ref={input}
            type="file"
            accept=".yaml,.yml,.json"
            aria-label="Mapping file"
            onChange={(event) => void choose(event.target.files?.[0])}
          />
          <button
            type="button"
            className="button"
            disabled={!current || check.isPending}
            onClick={() => current && check.mutate(current)}
          >
            {check.isPending ? 'Checking…' : chosen ? 'Check the chosen file' : 'Check'}
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={!chosen || keep.isPending}
            onClick={keepChosen}
          >
            {keep.isPending ? 'Keeping…' : 'Keep as new version'}
          </button>
        </div>
        {problem && (
          <p className="inline-problem form-problem" role="alert">
            {problem.message}
          </p>
        )}
        <div aria-live="polite">{check.data && <MappingCheck check={check.data} />}</div>
      </div>
    </section>
  );
}
