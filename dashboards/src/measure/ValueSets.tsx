import type { ValueSetUsed } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { EmptyState } from '../design/EmptyState';
import { countText } from '../design/format';

/** The value sets that decided, with the versions of this run. */
export function ValueSets({ valueSets }: { valueSets: ValueSetUsed[] }) {
  return (
    <section className="panel" aria-labelledby="value-sets">
      <div className="panel-header">
        <h2 id="value-sets">Value sets used</h2>
        <span className="panel-note">An imported expansion of the same canonical takes precedence.</span>
      </div>
      {valueSets.length === 0 ? (
        <EmptyState title="No value sets" />
      ) : (
        <div className="table-scroll value-sets" role="region" aria-label="Table of value sets" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Value set</th>
                <th scope="col">Origin</th>
                <th scope="col" className="cell-number">
                  Codes
                </th>
              </tr>
            </thead>
            <tbody>
              {valueSets.map((valueSet) => (
                <tr key={valueSet.canonical}>
                  <th scope="row">
                    {valueSet.title ?? valueSet.canonical}
                    <code className="cell-second canonical">
                      {valueSet.canonical}
                      {valueSet.version && `|${valueSet.version}`}
                    </code>
                  </th>
                  <td>
                    <Chip tone={valueSet.origin === 'starter' ? 'unknown' : 'outline'}>
                      {valueSet.origin === 'starter' ? 'starter subset' : 'imported'}
                    </Chip>
                  </td>
                  <td className="cell-number">{countText(valueSet.codes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
