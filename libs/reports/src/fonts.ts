import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * No fonts can be assumed on a machine: charts and text use the Roboto files that pdfmake ships (Apache-2.0).
 * Roboto has no ▲, ▼ or ✓: draw them, or say it in words.
 */
export const FONT_FAMILY = 'Roboto';

export const fontFolder = join(
  dirname(createRequire(__filename).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);

export const fontFiles = {
  normal: join(fontFolder, 'Roboto-Regular.ttf'),
  bold: join(fontFolder, 'Roboto-Medium.ttf'),
  italics: join(fontFolder, 'Roboto-Italic.ttf'),
  bolditalics: join(fontFolder, 'Roboto-MediumItalic.ttf'),
} as const;
