import type { ReactNode } from 'react';

export type Tone = 'better' | 'worse' | 'unknown' | 'neutral' | 'outline';

interface ChipProps {
  tone?: Tone;
  square?: boolean;
  title?: string;
  children: ReactNode;
}

/** A short label; the tone repeats what the word says and never says it alone. */
export function Chip({ tone = 'neutral', square = false, title, children }: ChipProps) {
  const classes = ['chip', tone !== 'neutral' && `chip-${tone}`, square && 'chip-square'].filter(Boolean);
  return (
    <span className={classes.join(' ')} title={title}>
      {children}
    </span>
  );
}
