import { systemText } from './mapping-text';

interface CodeTextProps {
  /** Null or empty where a source writes none. */
  system: string | null;
  code: string;
  display: string | null;
  /** A source's own code: its system letter by letter, which may be what is wrong with it. */
  asWritten?: boolean;
}

/** A code as people read it: what it is called, the code itself, and whose code it is. */
export function CodeText({ system, code, display, asWritten = false }: CodeTextProps) {
  return (
    <span className="code-text">
      {display && <span>{display}</span>}
      <span>
        <code>{code}</code>{' '}
        <span className="quiet small">{asWritten ? system || 'no system' : systemText(system)}</span>
      </span>
    </span>
  );
}
