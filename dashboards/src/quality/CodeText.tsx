import { systemText } from './mapping-text';

interface CodeTextProps {
  /** Null or empty where a source writes none. */
  system: string | null;
  code: string;
  display: string | null;
}

/** A code as people read it: what it is called, the code itself, and whose code it is. */
export function CodeText({ system, code, display }: CodeTextProps) {
  return (
    <span className="code-text">
      {display && <span>{display}</span>}
      <span>
        <code>{code}</code> <span className="quiet small">{systemText(system)}</span>
      </span>
    </span>
  );
}
