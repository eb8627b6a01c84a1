import { dayFromToday } from './day';

interface DayFieldProps {
  label: string;
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  required?: boolean;
  onChange: (day: string) => void;
}

const SHORTCUTS: { label: string; days: number }[] = [
  { label: 'Tomorrow', days: 1 },
  { label: 'In a week', days: 7 },
  { label: 'In 30 days', days: 30 },
];

/** A day to come, typed or by one press. */
export function DayField({ label, value, required = false, onChange }: DayFieldProps) {
  return (
    <div className="day-field">
      <label className="field">
        {label}
        <input
          className="input"
          type="date"
          required={required}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      {SHORTCUTS.map(({ label: name, days }) => (
        <button
          key={days}
          type="button"
          className="button button-small"
          aria-pressed={value === dayFromToday(days)}
          onClick={() => onChange(dayFromToday(days))}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
