import { useEffect, useState, type ReactNode } from 'react';
import type { MappingTarget, UnmappedCode } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { CodeText } from './CodeText';
import { LIKENESS_TEXT } from './mapping-text';
import { problemText } from './problem-text';
import { useTargets } from './queries';

export type Target = NonNullable<UnmappedCode['target']>;

interface TargetChoiceProps {
  unmapped: UnmappedCode;
  target: Target | null;
  onChoose: (target: Target) => void;
}

/** The suggestion, and codes of value sets that are found by code or text. One of them is chosen. */
export function TargetChoice({ unmapped, target, onChoose }: TargetChoiceProps) {
  const [text, setText] = useState('');
  const search = useSettled(text.trim());
  const found = useTargets(unmapped.type, search);
  const suggestion = unmapped.target;
  const others = (search === '' ? [] : (found.data ?? [])).filter((each) => !isSame(each, suggestion));
  const isListed = isSame(target, suggestion) || others.some((each) => isSame(each, target));
  return (
    <fieldset className="panel target-choice">
      <legend>It means</legend>
      {suggestion && (
        <TargetOption target={suggestion} chosen={isSame(target, suggestion)} onChoose={onChoose}>
          <Chip tone="better">suggested</Chip>
          <span className="quiet small">The code {LIKENESS_TEXT[unmapped.likeness]}.</span>
        </TargetOption>
      )}
      {target && !isListed && <TargetOption target={target} chosen onChoose={onChoose} />}
      <label className="field">
        {suggestion ? 'Or another code of a value set' : 'A code of a value set'}
        <input
          className="input"
          type="search"
          autoComplete="off"
          spellCheck={false}
          placeholder="Code, its text, or title of a value set"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            // Enter belongs to the search: nothing is saved by it.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      </label>
      {search !== '' && found.isError && (
        <p className="inline-problem" role="alert">
          {problemText(found.error)}
        </p>
      )}
      <p className="quiet small" aria-live="polite">
        {search !== '' && found.data && resultText(found.data, others)}
      </p>
      {others.length > 0 && (
        <div className="target-list">
          {others.map((each) => (
            <TargetOption
              key={`${each.system} ${each.code}`}
              target={each}
              chosen={isSame(each, target)}
              onChoose={onChoose}
            >
              <span className="quiet small">{each.valueSets.join(', ')}</span>
            </TargetOption>
          ))}
        </div>
      )}
    </fieldset>
  );
}

interface TargetOptionProps {
  target: Target;
  chosen: boolean;
  onChoose: (target: Target) => void;
  children?: ReactNode;
}

function TargetOption({ target, chosen, onChoose, children }: TargetOptionProps) {
  return (
    <label className="target-option">
      <input type="radio" name="target" checked={chosen} onChange={() => onChoose(target)} />
      <span>
        <CodeText system={target.system} code={target.code} display={target.display} />
        {children}
      </span>
    </label>
  );
}

const MOST = 30;

function resultText(found: MappingTarget[], others: MappingTarget[]): string {
  if (found.length === 0) return 'No value set of a measure has such a code for this type.';
  if (others.length === 0) return 'Only the suggested code is found.';
  return found.length < MOST
    ? `${found.length} found`
    : `The first ${MOST} are shown: another word narrows the list.`;
}

function isSame(left: Target | null, right: Target | null): boolean {
  return left !== null && right !== null && left.system === right.system && left.code === right.code;
}

/** A text a moment after the typing stopped. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
