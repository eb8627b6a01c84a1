import type { Truth } from './truth';

/** True, false or unknown as a shape; the word stands beside it. */
export function TruthMark({ truth }: { truth: Truth }) {
  const sign = { true: '✓', false: '✕', unknown: '?', value: '=' }[truth];
  return (
    <span className="truth-mark" data-truth={truth} aria-hidden="true">
      {sign}
    </span>
  );
}
