import { useState } from 'react';
import type { ContactChannel, ContactOutcome, GapWorkRecord } from '../../../apps/api/src/clinical/contract';
import { capitalized, plural } from '../design/format';
import { DayField } from './DayField';
import { useLogContact } from './work-queries';
import { channelText, CHANNELS, outcomeText, OUTCOMES } from './work-text';

/** An attempt to reach the patient: one press of its outcome logs it. */
export function ContactForm({ record }: { record: GapWorkRecord }) {
  const [channel, setChannel] = useState<ContactChannel>('phone');
  const [note, setNote] = useState('');
  const [next, setNext] = useState('');
  const log = useLogContact(record);
  const attempts = record.work?.attempts ?? 0;

  const send = (outcome: ContactOutcome) =>
    log.mutate(
      { channel, outcome, note: note.trim() || null, nextActionDate: next || null },
      {
        onSuccess: () => {
          setNote('');
          setNext('');
        },
      },
    );
  return (
    <section className="panel panel-body work-form" aria-labelledby="log-contact">
      <div className="work-form-head">
        <h2 id="log-contact">Log a contact</h2>
        <span className="panel-note">{attempts === 0 ? 'none so far' : plural(attempts, 'attempt')}</span>
      </div>
      <div className="form-row">
        <label className="field">
          How
          <select
            className="select"
            value={channel}
            onChange={(event) => setChannel(event.target.value as ContactChannel)}
          >
            {CHANNELS.map((known) => (
              <option key={known} value={known}>
                {capitalized(channelText(known))}
              </option>
            ))}
          </select>
        </label>
        <label className="field field-wide">
          What was said (optional)
          <input
            className="input"
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
      </div>
      <DayField label="Try again on (optional)" value={next} onChange={setNext} />
      <p className="panel-note">What it came to logs it:</p>
      <div className="form-actions" role="group" aria-label="What it came to">
        {OUTCOMES.map((outcome) => (
          <button
            key={outcome}
            type="button"
            className="button"
            disabled={log.isPending}
            onClick={() => send(outcome)}
          >
            {capitalized(outcomeText(outcome))}
          </button>
        ))}
      </div>
      {log.isError && (
        <p className="inline-problem" role="alert">
          {log.error.message}
        </p>
      )}
    </section>
  );
}
