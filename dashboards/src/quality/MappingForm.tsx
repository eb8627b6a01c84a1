import { useState, type FormEvent } from 'react';
import type { MappedCode, UnmappedCode } from '../../../apps/api/src/clinical/contract';
import { plural } from '../design/format';
import { CodeText } from './CodeText';
import { MappingEffect } from './MappingEffect';
import { useMapCode, useMappingPreview } from './queries';
import { problemText } from './problem-text';
import { TargetChoice, type Target } from './TargetChoice';

interface MappingFormProps {
  unmapped: UnmappedCode;
  onSaved: () => void;
}

/** Chooses what a code means, shows whom that adds, asks why, and saves. */
export function MappingForm({ unmapped, onSaved }: MappingFormProps) {
  const { type, system, code, display, patients, resources } = unmapped;
  const [target, setTarget] = useState<Target | null>(null);
  const [reason, setReason] = useState('');
  const mapping: MappedCode | null = target && {
    system: system ?? '',
    code,
    targetSystem: target.system,
    targetCode: target.code,
  };
  const preview = useMappingPreview(mapping);
  const save = useMapCode();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (mapping) save.mutate({ ...mapping, reason }, { onSuccess: onSaved });
  };
  return (
    <form className="mapping-form" onSubmit={submit}>
      <div className="panel panel-body mapping-code">
        <CodeText system={system} code={code} display={display} asWritten />
        <span className="quiet small">
          {plural(patients, 'patient')}, {plural(resources, 'resource')} of type {type}
        </span>
      </div>
      <TargetChoice unmapped={unmapped} target={target} onChoose={setTarget} />
      {mapping && <MappingEffect preview={preview} patients={patients} />}
      <label className="field">
        Reason
        <input
          className="input"
          required
          maxLength={500}
          placeholder="for example: confirmed by the laboratory’s code list"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {save.error && (
        <p className="inline-problem" role="alert">
          {problemText(save.error)}
        </p>
      )}
      <div className="mapping-actions">
        <button
          type="submit"
          className="button button-primary"
          disabled={!mapping || !preview.data || save.isPending}
        >
          Save the mapping
        </button>
        <span className="quiet small">
          {mapping ? 'It counts from the next evaluation on.' : 'Choose a code first.'}
        </span>
      </div>
    </form>
  );
}
