import ExcelJS from 'exceljs';
import { palette } from './palette';

/** How a column is shown. `rate` takes proportions, `points` percentage points, `date` dates at midnight UTC. */
export type ColumnFormat = 'text' | 'count' | 'rate' | 'points' | 'date';

export interface Column {
  header: string;
  width: number;
  format: ColumnFormat;
}

export type Cell = string | number | Date;

export interface Sheet {
  name: string;
  /** Lines above the table: what it is about. */
  preface: Cell[][];
  columns: Column[];
  rows: Cell[][];
}

export interface Workbook {
  title: string;
  createdAt: Date;
  sheets: Sheet[];
}

const numberFormats: Record<ColumnFormat, string> = {
  text: '@',
  count: '#,##0',
  rate: '0.0%',
  points: '+0.0;-0.0;0.0',
  date: 'yyyy-mm-dd',
};

/**
 * Writes a workbook to a file, row by row, so that its size does not matter. The only place that drives exceljs.
 * Each sheet has its header frozen and filterable.
 */
export async function writeWorkbook(workbook: Workbook, path: string): Promise<void> {
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true });
  writer.title = workbook.title;
  writer.creator = 'Catchment';
  writer.created = workbook.createdAt;
  writer.modified = workbook.createdAt;
  for (const sheet of workbook.sheets) writeSheet(writer, sheet);
  await writer.commit();
}

function writeSheet(writer: ExcelJS.stream.xlsx.WorkbookWriter, sheet: Sheet): void {
  const header = sheet.preface.length + 1;
  const page = writer.addWorksheet(sheet.name, {
    views: [{ state: 'frozen', xSplit: 1, ySplit: header }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  page.columns = sheet.columns.map(({ width }) => ({ width }));
  page.autoFilter = {
    from: { row: header, column: 1 },
    to: { row: header, column: sheet.columns.length },
  };
  for (const [index, line] of sheet.preface.entries()) {
    const row = page.addRow(line.map(safeCell));
    if (index === 0) row.font = { bold: true, size: 14 };
    row.eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = numberFormats.date;
    });
    row.commit();
  }
  writeHeader(page, sheet.columns);
  for (const cells of sheet.rows) {
    const row = page.addRow(cells.map(safeCell));
    row.eachCell((cell, column) => {
      if (typeof cell.value === 'string') cell.alignment = { wrapText: true, vertical: 'top' };
      else cell.numFmt = numberFormats[sheet.columns[column - 1]?.format ?? 'text'];
    });
    row.commit();
  }
  page.commit();
}

function writeHeader(page: ExcelJS.Worksheet, columns: readonly Column[]): void {
  const row = page.addRow(columns.map(({ header }) => safeCell(header)));
  row.eachCell((cell) => {
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } };
    cell.fill = {
      type: 'pattern',
      pattern: 'solid',
      fgColor: { argb: `FF${palette.brand.slice(1).toUpperCase()}` },
    };
    cell.alignment = { wrapText: true, vertical: 'bottom' };
  });
  row.commit();
}

/**
 * Texts that a spreadsheet program would take for a formula get an apostrophe in front, also behind blanks and
 * control characters and in full-width forms: what people typed as a name must never run.
 */
export function neutraliseFormula(text: string): string {
  return /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
}

function safeCell(cell: Cell): Cell {
  return typeof cell === 'string' ? neutraliseFormula(cell) : cell;
}
