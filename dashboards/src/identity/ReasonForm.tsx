import { useState, type FormEvent } from 'react';

interface ReasonFormProps {
  /** Word on the button. */
  action: string;
  placeholder: string;
  pending: boolean;
  error: Error | null;
  onSubmit: (reason: string) => void;
  onCancel: () => void;
}

/** Asks why; nothing about people is decided without it. */
export function ReasonForm({ action, placeholder, pending, error, onSubmit, onCancel }: ReasonFormProps) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(reason);
  };
  return (
    <form
      className="reason-form"
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <label className="field">
        Reason
        <input
          className="input"
          required
          maxLength={500}
          autoFocus
          placeholder={placeholder}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="button button-small button-primary" disabled={pending}>
        {action}
      </button>
      <button type="button" className="button button-small button-quiet" onClick={onCancel}>
        Cancel
      </button>
      {error && (
        <p className="inline-problem" role="alert">
          {error.message}
        </p>
      )}
    </form>
  );
}
