import type { ReactNode } from 'react';

interface FieldProps {
  label: string;
  /** What may stand there, or why one would fill it in. */
  hint?: ReactNode;
  children: (id: string, describedBy: string | undefined) => ReactNode;
  id: string;
}

/** A labelled input with a hint that belongs to it. */
export function Field({ label, hint, children, id }: FieldProps) {
  const hintId = `${id}-hint`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id, hint ? hintId : undefined)}
      {hint && (
        <span className="field-hint" id={hintId}>
          {hint}
        </span>
      )}
    </div>
  );
}

interface TextFieldProps {
  id: string;
  label: string;
  hint?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  disabled?: boolean;
  placeholder?: string;
  type?: 'text' | 'url' | 'number';
  list?: string;
  /** More than one line. */
  rows?: number;
}

export function TextField({
  id,
  label,
  hint,
  value,
  onChange,
  rows,
  type = 'text',
  list,
  ...rest
}: TextFieldProps) {
  return (
    <Field id={id} label={label} hint={hint}>
      {(inputId, describedBy) => {
        const shared = { id: inputId, 'aria-describedby': describedBy, value, spellCheck: false, ...rest };
        return rows === undefined ? (
          <input
            {...shared}
            className="input"
            type={type}
            list={list}
            min={type === 'number' ? 0 : undefined}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <textarea
            {...shared}
            className="input textarea"
            rows={rows}
            onChange={(event) => onChange(event.target.value)}
          />
        );
      }}
    </Field>
  );
}

interface ChoiceFieldProps<T extends string> {
  id: string;
  label: string;
  hint?: ReactNode;
  value: T;
  choices: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
  disabled?: boolean;
}

export function ChoiceField<T extends string>({
  id,
  label,
  hint,
  value,
  choices,
  onChange,
  disabled,
}: ChoiceFieldProps<T>) {
  return (
    <Field id={id} label={label} hint={hint}>
      {(inputId, describedBy) => (
        <select
          id={inputId}
          className="select field-select"
          aria-describedby={describedBy}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value as T)}
        >
          {choices.map(([choice, text]) => (
            <option key={choice} value={choice}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckFieldProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function CheckField({ label, checked, onChange }: CheckFieldProps) {
  return (
    <label className="check-field">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
