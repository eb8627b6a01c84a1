/** Colours of printed reports. Contrast on white is at least 4.5 : 1 wherever text is set in them. */
export const palette = {
  ink: '#1b2a3a',
  muted: '#5a6878',
  rule: '#d5dce3',
  band: '#f3f6f8',
  brand: '#17456b',
  /** On or beyond the target. */
  met: '#1f7a6d',
  /** Short of the target. */
  short: '#b5561c',
  /** Nothing to compare with: no target, or too few cases. */
  neutral: '#8796a5',
} as const;
