interface SelectFilterProps {
  /** What is filtered, for example `Site`; the accessible name. */
  label: string;
  /** What the control says when nothing is chosen, for example `All sites`. */
  everything: string;
  value: string;
  options: { id: string; label: string }[];
  onChange: (value: string) => void;
}

/** One drop-down of a filter bar; a filter that is set looks set. */
export function SelectFilter({ label, everything, value, options, onChange }: SelectFilterProps) {
  const known = options.some((option) => option.id === value);
  return (
    <select
      className="select"
      aria-label={label}
      value={value}
      data-active={value !== ''}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{everything}</option>
      {!known && value !== '' && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
