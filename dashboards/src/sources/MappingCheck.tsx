import type { MappedTable, SourceMappingCheck } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { countText, plural } from '../design/format';

/** What a mapping makes of the files that wait. */
export function MappingCheck({ check }: { check: SourceMappingCheck }) {
  const { faults, files, refused, tables, setAside, unknown, isPartial } = check;
  if (faults.length > 0)
    return (
      <Problems title={`The mapping can not be used: ${plural(faults.length, 'fault')}`} texts={faults} />
    );
  if (files.length === 0)
    return (
      <p>The mapping can be used. No file waits in the folder: send some to see what becomes of them.</p>
    );
  return (
    <div className="stack">
      {refused !== null && (
        <Problems title="A run would refuse all files, and apply nothing" texts={[refused]} />
      )}
      {unknown.length > 0 && <Problems title="Files that no table reads" texts={unknown} />}
      {tables.length > 0 && <MappedTables tables={tables} />}
      {isPartial && (
        <p className="quiet">
          Only the first rows of each file were read; <code>catchment csv check</code> reads all.
        </p>
      )}
      {setAside.length > 0 && <Problems title="Rows that would be set aside" texts={setAside} />}
      {tables.some(({ sample }) => sample !== null) && <Samples tables={tables} />}
    </div>
  );
}

function Problems({ title, texts }: { title: string; texts: string[] }) {
  return (
    <div className="mapping-problems">
      <Chip tone="worse">{title}</Chip>
      <ul>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}

function Samples({ tables }: { tables: MappedTable[] }) {
  return (
    <details className="field-group">
      <summary>A resource of each table, without what identifies</summary>
      {tables
        .filter(({ sample }) => sample !== null)
        .map(({ table, sample }) => (
          <section key={table} aria-label={table}>
            <strong>{table}</strong>
            <pre className="mapping-text" tabIndex={0} aria-label={`Sample of ${table}`}>
              {sample}
            </pre>
          </section>
        ))}
    </details>
  );
}

function MappedTables({ tables }: { tables: MappedTable[] }) {
  return (
    <div className="table-scroll" role="region" aria-label="Tables of the mapping" tabIndex={0}>
      <table>
        <caption className="visually-hidden">What becomes of the rows, by table</caption>
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col" className="cell-number">
              Rows
            </th>
            <th scope="col" className="cell-number">
              Resources
            </th>
            <th scope="col" className="cell-number">
              Left out
            </th>
            <th scope="col" className="cell-number">
              Set aside
            </th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ table, resourceType, files, rows, resources, leftOut, setAside }) => (
            <tr key={table}>
              <th scope="row" className="cell-primary">
                {table}
                <span className="cell-second">
                  {resourceType}, {files.join(', ')}
                </span>
              </th>
              <td className="cell-number">{countText(rows)}</td>
              <td className="cell-number">{countText(resources)}</td>
              <td className="cell-number">{countText(leftOut)}</td>
              <td className={setAside > 0 ? 'cell-number tone-worse' : 'cell-number'}>
                {countText(setAside)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
