import { DuckDBVarCharVector, type DuckDBValue } from '@duckdb/node-api';
import { Defect } from '@catchment/platform';
import type { Connection, Parameter } from './database';

/**
 * Runs a query of one VARCHAR column, without nulls, and yields its rows as text, each followed by a newline, some
 * thousand rows at a time: the next chunk is fetched when the consumer asks for it. For lines that DuckDB itself
 * writes (CSV, JSON), which costs a tenth of building them from row objects.
 */
export async function* textStream(
  connection: Connection,
  sql: string,
  parameters: readonly Parameter[] = [],
): AsyncGenerator<string, void, undefined> {
  const result = await connection.driver.stream(
    sql,
    parameters.length > 0 ? ([...parameters] as DuckDBValue[]) : undefined,
  );
  if (result.columnCount !== 1) throw new Defect('a text stream reads one column');
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    const vector = chunk.getColumnVector(0);
    if (!(vector instanceof DuckDBVarCharVector)) throw new Defect('a text stream reads VARCHAR');
    let text = '';
    for (let row = 0; row < vector.itemCount; row++) {
      const line = vector.getItem(row);
      if (line === null) throw new Defect('a line of a text stream is null');
      text += `${line}\n`;
    }
    yield text;
  }
}
