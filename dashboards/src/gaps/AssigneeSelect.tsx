import { useSession } from '../session/queries';
import { useAssignees } from './work-queries';

interface AssigneeSelectProps {
  label?: string;
  value: string | null;
  onChange: (assignee: string | null) => void;
}

/** Who should act: oneself first, then the colleagues. */
export function AssigneeSelect({ label = 'Assignee', value, onChange }: AssigneeSelectProps) {
  const { data = [] } = useAssignees();
  const me = useSession().data?.user?.email;
  const known = value === null || data.some(({ email }) => email === value);
  const ordered = [...data].sort((a, b) => Number(b.email === me) - Number(a.email === me));
  return (
    <label className="field">
      {label}
      <select
        className="select"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || null)}
      >
        <option value="">Nobody</option>
        {!known && <option value={value}>{value}</option>}
        {ordered.map(({ email, displayName }) => (
          <option key={email} value={email}>
            {email === me ? `Me (${displayName})` : displayName}
          </option>
        ))}
      </select>
    </label>
  );
}
