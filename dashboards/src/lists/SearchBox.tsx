import { useEffect, useState } from 'react';

interface SearchBoxProps {
  value: string;
  onSearch: (text: string) => void;
}

/** Finds a patient in a list by name or number, a moment after the typing stops; Esc empties it. */
export function SearchBox({ value, onSearch }: SearchBoxProps) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onSearch(text.trim()), 300);
    return () => clearTimeout(timer);
    // A new callback on each render must not restart the wait.
  }, [text]);
  return (
    <input
      className="input search-box"
      type="search"
      aria-label="Find by name or MRN"
      placeholder="Find by name or MRN"
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setText('');
      }}
    />
  );
}
