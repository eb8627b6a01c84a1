export type IconName =
  | 'check'
  | 'cross'
  | 'question'
  | 'equals'
  | 'circle'
  | 'half'
  | 'alert'
  | 'caret'
  | 'up'
  | 'down'
  | 'up-down';

/** Drawn, not typed: which of these signs a machine's fonts have is anybody's guess. */
const PATHS: Record<IconName, string> = {
  check: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  cross: 'M4.5 4.5 11.5 11.5M11.5 4.5 4.5 11.5',
  question: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.7 8 9 8 10M8 12.4v.1',
  equals: 'M4.5 6.5h7M4.5 9.5h7',
  circle: 'M8 2.75a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5',
  half: 'M8 2.75a5.25 5.25 0 1 1-5.25 5.25',
  alert: 'M8 3.5v5.5M8 12v.1',
  caret: 'M4.5 6.5 8 10 11.5 6.5',
  up: 'M4.5 10 8 5.5 11.5 10',
  down: 'M4.5 6 8 10.5 11.5 6',
  'up-down': 'M5 6.5 8 3.5 11 6.5M5 9.5 8 12.5 11 9.5',
};

/** A small line drawing in the colour and size of the text; a word beside it says the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" data-icon={name}>
      <path d={PATHS[name]} />
    </svg>
  );
}
