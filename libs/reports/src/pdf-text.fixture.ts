import { inflateSync } from 'node:zlib';

/**
 * The text of a PDF that pdfmake wrote, for specs: enough of the format to follow fonts' ToUnicode maps, no more.
 * In the order of the pages' content and without any white space, since a PDF places words, lines and even letters
 * one by one.
 */
export function pdfText(pdf: Buffer): string {
  const objects = readObjects(pdf.toString('latin1'));
  const fonts = fontMaps(objects);
  return [...objects.values()]
    .filter(({ stream }) => stream !== undefined && / Tf\b/.test(stream))
    .map(({ stream }) => contentText(stream ?? '', fonts))
    .join('')
    .replace(/\s+/g, '');
}

interface PdfObject {
  dictionary: string;
  stream?: string;
}

function readObjects(file: string): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>();
  for (const [, number = '', body = ''] of file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [dictionary = '', ...rest] = body.split('\nstream\n');
    const raw = rest.join('\nstream\n').replace(/\n?endstream$/, '');
    const stream = rest.length === 0 ? undefined : dictionary.includes('FlateDecode') ? inflate(raw) : raw;
    objects.set(number, { dictionary, stream });
  }
  return objects;
}

function inflate(raw: string): string {
  return inflateSync(Buffer.from(raw, 'latin1')).toString('latin1');
}

/** Resource name of a font (`F1`) → glyph code → text. */
function fontMaps(objects: Map<string, PdfObject>): Map<string, Map<string, string>> {
  const maps = new Map<string, Map<string, string>>();
  for (const { dictionary } of objects.values()) {
    for (const [, fonts = ''] of dictionary.matchAll(/\/Font <<([\s\S]*?)>>/g)) {
      for (const [, name = '', reference = ''] of fonts.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
        const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(reference)?.dictionary ?? '')?.[1] ?? '';
        maps.set(name, unicodeMap(objects.get(unicode)?.stream ?? ''));
      }
    }
  }
  return maps;
}

/** pdfkit writes `<from> <to> [<text> <text> …]` ranges. */
function unicodeMap(cmap: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const [, from = '', , texts = ''] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    for (const [index, [, hex = '']] of [...texts.matchAll(/<([0-9a-f ]+)>/gi)].entries()) {
      const code = (parseInt(from, 16) + index).toString(16).padStart(4, '0');
      map.set(code, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    }
  }
  return map;
}

function contentText(content: string, fonts: Map<string, Map<string, string>>): string {
  let font = new Map<string, string>();
  const lines: string[] = [];
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = fonts.get(name) ?? new Map<string, string>();
    else
      lines.push(
        glyphs(shown ?? '')
          .map((code) => font.get(code) ?? '?')
          .join(''),
      );
  }
  return lines.join('\n');
}

function glyphs(shown: string): string[] {
  return [...shown.matchAll(/<([0-9a-f]+)>/gi)].flatMap(
    ([, hex = '']) => hex.toLowerCase().match(/.{4}/g) ?? [],
  );
}
