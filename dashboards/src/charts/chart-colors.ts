import { useMemo } from 'react';
import { useColorScheme } from '../design/theme';

const NAMES = {
  ink: '--ink',
  quiet: '--ink-3',
  line: '--line',
  surface: '--surface',
  accent: '--accent',
  better: '--better',
  worse: '--worse',
  neutral: '--neutral-bar',
} as const;

export type ChartColors = Record<keyof typeof NAMES, string>;

/** The theme's colours as a canvas understands them; read again when the theme changes. */
export function useChartColors(): ChartColors {
  const scheme = useColorScheme();
  return useMemo(() => readColors(), [scheme]);
}

/** A custom property's own value is `light-dark(…)`; only a used `color` is resolved, hence the probe. */
function readColors(): ChartColors {
  const probe = document.createElement('span');
  document.body.append(probe);
  const resolve = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = Object.fromEntries(
    Object.entries(NAMES).map(([key, name]) => [key, resolve(name)]),
  ) as ChartColors;
  probe.remove();
  return colors;
}
