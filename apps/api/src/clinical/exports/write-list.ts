import {
  arrowStream,
  quoteIdentifier,
  quoteLiteral,
  textStream,
  type Connection,
} from '@catchment/warehouse';
import type { ExportFormat, FlatColumn, FlatList } from './flat-list';

/** The list as a file of the format, part by part; every format has the same rows and columns. */
export function writeList(
  connection: Connection,
  list: FlatList,
  format: ExportFormat,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  switch (format) {
    case 'csv':
      return writeCsv(connection, list);
    case 'json':
      return writeJson(connection, list);
    case 'arrow':
      return arrowStream(connection, select(list), list.parameters.values);
  }
}

function select({ columns, from }: FlatList): string {
  return `select ${columns.map(({ name, sql }) => `${sql} as ${quoteIdentifier(name)}`).join(', ')} ${from}`;
}

/** RFC 4180, lines ended by CR LF: DuckDB writes the lines, the stream ends each with the LF. */
async function* writeCsv(connection: Connection, list: FlatList): AsyncGenerator<string, void, undefined> {
  const line = `${list.columns.map(csvCell).join(` || ',' || `)} || chr(13)`;
  let header = `${list.columns.map(({ name }) => name).join(',')}\r\n`;
  for await (const lines of textStream(connection, `select ${line} ${list.from}`, list.parameters.values)) {
    yield header + lines;
    header = '';
  }
  if (header) yield header;
}

/** A cell that a spreadsheet could take for a formula gets an apostrophe before it. */
function csvCell({ sql, text }: FlatColumn): string {
  if (!text) return `coalesce((${sql})::varchar, '')`;
  const guarded = `regexp_replace(${sql}, '^(\\s*[=+@\\-]|[\\t\\r\\n])', '''\\1')`;
  return `coalesce('"' || replace(${guarded}, '"', '""') || '"', '')`;
}

/** An array of objects. DuckDB writes the objects; none holds a newline. */
async function* writeJson(connection: Connection, list: FlatList): AsyncGenerator<string, void, undefined> {
  const fields = list.columns.map(({ name, sql }) => `${quoteLiteral(name)}: ${sql}`).join(', ');
  const object = `select to_json({${fields}})::varchar ${list.from}`;
  let separator = '[\n';
  for await (const lines of textStream(connection, object, list.parameters.values)) {
    yield separator + lines.slice(0, -1).replaceAll('\n', ',\n');
    separator = ',\n';
  }
  yield separator === ',\n' ? '\n]\n' : '[]\n';
}
