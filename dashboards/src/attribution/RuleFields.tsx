import type { AttributionRule } from '../../../apps/api/src/clinical/contract';

type Step = AttributionRule['steps'][number];

const STEPS: Record<Step, { label: string; detail: string }> = {
  roster: { label: 'Imported roster', detail: 'the latest one in effect at the end of the period' },
  assigned: {
    label: 'Assigned by the source',
    detail: 'general practitioner and managing organisation of the patient’s record',
  },
  visits: { label: 'Most visits', detail: 'of equally many the one seen last' },
};

interface RuleFieldsProps {
  rule: AttributionRule;
  disabled: boolean;
  onChange: (rule: AttributionRule) => void;
}

/** The rule as fields: which steps are asked in which order, and what a site is. */
export function RuleFields({ rule, disabled, onChange }: RuleFieldsProps) {
  const others = (Object.keys(STEPS) as Step[]).filter((step) => !rule.steps.includes(step));
  const setSteps = (steps: Step[]) => onChange({ ...rule, steps });
  return (
    <fieldset className="rule-fields" disabled={disabled}>
      <legend className="visually-hidden">Rule</legend>
      <div>
        <h3>Steps, each asked where those before it know nobody</h3>
        <ol className="rule-steps">
          {rule.steps.map((step, index) => (
            <li key={step}>
              <StepText step={step} />
              <span className="rule-step-actions">
                <button
                  type="button"
                  className="button button-small"
                  disabled={index === 0}
                  aria-label={`Earlier: ${STEPS[step].label}`}
                  onClick={() => setSteps(swapped(rule.steps, index - 1))}
                >
                  Earlier
                </button>
                <button
                  type="button"
                  className="button button-small"
                  disabled={rule.steps.length === 1}
                  aria-label={`Remove ${STEPS[step].label}`}
                  onClick={() => setSteps(rule.steps.filter((each) => each !== step))}
                >
                  Remove
                </button>
              </span>
            </li>
          ))}
        </ol>
        {others.map((step) => (
          <p key={step} className="rule-step-unused">
            <StepText step={step} />
            <button
              type="button"
              className="button button-small"
              aria-label={`Add ${STEPS[step].label}`}
              onClick={() => setSteps([...rule.steps, step])}
            >
              Add
            </button>
          </p>
        ))}
      </div>
      <label className="field">
        Visits of the last
        <select
          className="select"
          value={rule.lookBackMonths}
          onChange={(event) => onChange({ ...rule, lookBackMonths: Number(event.target.value) })}
        >
          {[12, 24, 36].map((months) => (
            <option key={months} value={months}>
              {months} months
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        Site of a patient
        <select
          className="select"
          value={rule.siteOf}
          onChange={(event) => onChange({ ...rule, siteOf: event.target.value as AttributionRule['siteOf'] })}
        >
          <option value="patient">as the steps say</option>
          <option value="provider">where the provider works</option>
        </select>
      </label>
      <label className="rule-check">
        <input
          type="checkbox"
          checked={rule.topSite}
          onChange={(event) => onChange({ ...rule, topSite: event.target.checked })}
        />{' '}
        Count departments with the organisation that they are part of
      </label>
    </fieldset>
  );
}

function StepText({ step }: { step: Step }) {
  return (
    <span>
      {STEPS[step].label}
      <span className="cell-second">{STEPS[step].detail}</span>
    </span>
  );
}

function swapped(steps: readonly Step[], at: number): Step[] {
  const next = [...steps];
  [next[at], next[at + 1]] = [next[at + 1]!, next[at]!];
  return next;
}
