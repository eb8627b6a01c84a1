import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import { FONT_FAMILY, fontFiles, fontFolder } from './fonts';

export type { Content, ContentColumns, ContentTable, CustomTableLayout, TableCell } from 'pdfmake/interfaces';

/** A document as its author sees it; fonts, language and page furniture are the same for every report. */
export interface PdfDocument {
  title: string;
  subject: string;
  createdAt: Date;
  /** Left side of the footer of every page. */
  footer: string;
  content: Content[];
  /** Readable by simple tools and tests; default compressed. */
  compress?: boolean;
}

/** US Letter, landscape, in points. */
export const PAGE = { width: 792, height: 612, margin: 40, contentWidth: 712 } as const;

pdfmake.setFonts({ [FONT_FAMILY]: { ...fontFiles } });
// Reports are made of data: nothing in them may reach for a file or a server.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(fontFolder));

/** Writes the document to a file. The only place that drives pdfmake. */
export async function writePdf(document: PdfDocument, path: string): Promise<void> {
  const created = pdfmake.createPdf(definition(document));
  const stream = (await created.getStream()) as unknown as NodeJS.ReadableStream & { end(): void };
  stream.end();
  await pipeline(stream, createWriteStream(path));
}

function definition(document: PdfDocument): TDocumentDefinitions {
  return {
    version: '1.7',
    language: 'en-US',
    tagged: true,
    displayTitle: true,
    compress: document.compress ?? true,
    info: {
      title: document.title,
      subject: document.subject,
      author: 'Catchment',
      creator: 'Catchment',
      producer: 'Catchment',
      creationDate: document.createdAt,
    },
    pageSize: 'LETTER',
    pageOrientation: 'landscape',
    pageMargins: [PAGE.margin, PAGE.margin, PAGE.margin, 44],
    defaultStyle: { font: FONT_FAMILY, fontSize: 9, lineHeight: 1.15, color: '#1b2a3a' },
    footer: (page: number, pages: number): Content => ({
      margin: [PAGE.margin, 14, PAGE.margin, 0],
      fontSize: 7.5,
      color: '#5a6878',
      columns: [
        { text: document.footer, width: '*' },
        { text: `Page ${page} of ${pages}`, width: 80, alignment: 'right' },
      ],
    }),
    content: document.content,
  };
}
