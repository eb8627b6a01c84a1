import {
  DuckDBBigIntVector,
  DuckDBBooleanVector,
  DuckDBDateVector,
  DuckDBDoubleVector,
  DuckDBIntegerVector,
  DuckDBTypeId,
  DuckDBVarCharVector,
  type DuckDBDataChunk,
  type DuckDBValue,
} from '@duckdb/node-api';
import {
  Bool,
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  makeData,
  type Data,
  type DataType,
} from 'apache-arrow';
import { Unsupported } from '@catchment/platform';
import type { Connection, Parameter } from './database';

/** Rows of a record batch, about: DuckDB's chunks have 2,048. */
const batchRows = 65_536;

/** End-of-stream marker of the Arrow IPC stream format. */
const endOfStream = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

/**
 * Runs a query and yields its result as an Arrow IPC stream, one record batch at a time: the next chunk is fetched
 * when the consumer asks for it. The schema is sent even when there are no rows.
 * Column types: BOOLEAN, INTEGER, BIGINT, DOUBLE, DATE, VARCHAR.
 * @throws Unsupported naming the column, for any other type.
 */
export async function* arrowStream(
  connection: Connection,
  sql: string,
  parameters: readonly Parameter[] = [],
): AsyncGenerator<Uint8Array, void, undefined> {
  const result = await connection.driver.stream(
    sql,
    parameters.length > 0 ? ([...parameters] as DuckDBValue[]) : undefined,
  );
  const fields = result
    .columnNames()
    .map((name, column) => new Field(name, arrowType(name, result.columnTypeId(column)), true));
  const schema = new Schema(fields);
  const header = schemaMessage(schema);
  yield header;
  let chunks: DuckDBDataChunk[] = [];
  let rows = 0;
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    chunks.push(chunk);
    rows += chunk.rowCount;
    if (rows >= batchRows) {
      yield batchMessage(schema, chunks, rows, header.length);
      chunks = [];
      rows = 0;
    }
  }
  if (rows > 0) yield batchMessage(schema, chunks, rows, header.length);
  yield endOfStream;
}

function arrowType(name: string, type: DuckDBTypeId): DataType {
  switch (type) {
    case DuckDBTypeId.BOOLEAN:
      return new Bool();
    case DuckDBTypeId.INTEGER:
      return new Int32();
    case DuckDBTypeId.BIGINT:
      return new Int64();
    case DuckDBTypeId.DOUBLE:
      return new Float64();
    case DuckDBTypeId.DATE:
      return new DateDay();
    case DuckDBTypeId.VARCHAR:
      return new Utf8();
    default:
      throw new Unsupported(`column ${name} of type ${DuckDBTypeId[type]} as Arrow`);
  }
}

/** The schema's own message: what an IPC stream begins with. */
function schemaMessage(schema: Schema): Uint8Array {
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  writer.finish();
  return withoutEnd(writer.toUint8Array(true));
}

/** A batch written as a stream of its own, less the schema at its start and the marker at its end. */
function batchMessage(
  schema: Schema,
  chunks: readonly DuckDBDataChunk[],
  rows: number,
  headerBytes: number,
): Uint8Array {
  const children = schema.fields.map((field, column) =>
    columnData(field.type as DataType, chunks, column, rows),
  );
  const data = makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children });
  const stream = RecordBatchStreamWriter.writeAll([new RecordBatch(schema, data)]).toUint8Array(true);
  return withoutEnd(stream).subarray(headerBytes);
}

function withoutEnd(stream: Uint8Array): Uint8Array {
  return stream.subarray(0, stream.length - endOfStream.length);
}

type NumberArray = Int32Array | BigInt64Array | Float64Array;

function columnData(type: DataType, chunks: readonly DuckDBDataChunk[], column: number, rows: number): Data {
  const nulls = new Uint8Array(Math.ceil(rows / 8));
  let nullCount = 0;
  const markValid = (row: number, valid: boolean): void => {
    if (valid) nulls[row >> 3]! |= 1 << (row & 7);
    else nullCount++;
  };
  if (type instanceof Utf8) return textData(chunks, column, rows, nulls, markValid, () => nullCount);
  if (type instanceof Bool) {
    const bits = new Uint8Array(Math.ceil(rows / 8));
    eachVector(chunks, column, (vector, row) => {
      if (!(vector instanceof DuckDBBooleanVector)) throw new Unsupported('vector of another type');
      for (let item = 0; item < vector.itemCount; item++) {
        const value = vector.getItem(item);
        markValid(row + item, value !== null);
        if (value) bits[(row + item) >> 3]! |= 1 << ((row + item) & 7);
      }
    });
    return makeData({ type, length: rows, nullCount, nullBitmap: nulls, data: bits });
  }
  const values: NumberArray =
    type instanceof Int64
      ? new BigInt64Array(rows)
      : type instanceof Float64
        ? new Float64Array(rows)
        : new Int32Array(rows);
  eachVector(chunks, column, (vector, row) => {
    if (!(
      vector instanceof DuckDBIntegerVector ||
      vector instanceof DuckDBBigIntVector ||
      vector instanceof DuckDBDoubleVector ||
      vector instanceof DuckDBDateVector
    )) {
      throw new Unsupported('vector of another type');
    }
    for (let item = 0; item < vector.itemCount; item++) {
      const value = vector.getItem(item);
      markValid(row + item, value !== null);
      if (value !== null) values[row + item] = typeof value === 'object' ? value.days : value;
    }
  });
  return makeData({
    type: type as Int32,
    length: rows,
    nullCount,
    nullBitmap: nulls,
    data: values as Int32Array,
  });
}

function textData(
  chunks: readonly DuckDBDataChunk[],
  column: number,
  rows: number,
  nulls: Uint8Array,
  markValid: (row: number, valid: boolean) => void,
  nullCount: () => number,
): Data {
  const offsets = new Int32Array(rows + 1);
  let bytes = Buffer.allocUnsafe(rows * 16 + 64);
  let end = 0;
  eachVector(chunks, column, (vector, row) => {
    if (!(vector instanceof DuckDBVarCharVector)) throw new Unsupported('vector of another type');
    for (let item = 0; item < vector.itemCount; item++) {
      const text = vector.getItem(item);
      markValid(row + item, text !== null);
      if (text !== null) {
        // UTF-8 needs at most three bytes a UTF-16 unit
        if (end + text.length * 3 > bytes.length) {
          const larger = Buffer.allocUnsafe((bytes.length + text.length * 3) * 2);
          bytes.copy(larger, 0, 0, end);
          bytes = larger;
        }
        end += bytes.write(text, end);
      }
      offsets[row + item + 1] = end;
    }
  });
  return makeData({
    type: new Utf8(),
    length: rows,
    nullCount: nullCount(),
    nullBitmap: nulls,
    valueOffsets: offsets,
    data: bytes.subarray(0, end),
  });
}

function eachVector(
  chunks: readonly DuckDBDataChunk[],
  column: number,
  visit: (vector: ReturnType<DuckDBDataChunk['getColumnVector']>, firstRow: number) => void,
): void {
  let row = 0;
  for (const chunk of chunks) {
    visit(chunk.getColumnVector(column), row);
    row += chunk.rowCount;
  }
}
