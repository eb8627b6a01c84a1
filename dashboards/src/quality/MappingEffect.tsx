import type { UseQueryResult } from '@tanstack/react-query';
import type { MappingPreview, ValueSetEntry } from '../../../apps/api/src/clinical/contract';
import { countText, plural } from '../design/format';
import { PanelSkeleton } from '../design/Skeleton';
import { problemText } from './problem-text';

interface MappingEffectProps {
  preview: UseQueryResult<MappingPreview>;
  /** Who has the code. */
  patients: number;
}

/** Which measures a mapping changes, and whom it brings into their value sets; or why it can not be made. */
export function MappingEffect({ preview, patients }: MappingEffectProps) {
  if (preview.isError)
    return (
      <p className="inline-problem" role="alert">
        {problemText(preview.error)}
      </p>
    );
  if (!preview.data) return <PanelSkeleton label="Loading what the mapping changes" height="60px" />;
  const measures = [...Map.groupBy(preview.data.valueSets, ({ measureId }) => measureId)];
  return (
    <section className="panel" aria-labelledby="effect">
      <div className="panel-header">
        <h2 id="effect">What it changes</h2>
        <span className="panel-note">
          {plural(preview.data.resources, 'resource')} of {plural(patients, 'patient')} count for{' '}
          {plural(measures.length, 'measure')}
        </span>
      </div>
      <div className="table-scroll" role="region" aria-label="Measures that change" tabIndex={0}>
        <table className="quality-table">
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col">Value set</th>
              <th scope="col" className="cell-number">
                Patients who come in
              </th>
            </tr>
          </thead>
          <tbody>
            {measures.map(([measureId, entries]) => (
              <MeasureRows key={measureId} entries={entries} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="panel-body panel-note">
        Nobody leaves a value set. Who is in it by another code already is not counted, but may get a later or
        other value.
      </p>
    </section>
  );
}

function MeasureRows({ entries }: { entries: ValueSetEntry[] }) {
  return entries.map(({ measureTitle, type, canonical, title, patients }, index) => (
    <tr key={`${type} ${canonical}`}>
      {index === 0 && (
        <th scope="rowgroup" rowSpan={entries.length} className="strong">
          {measureTitle}
        </th>
      )}
      <td>{title ?? canonical}</td>
      <td className="cell-number" data-label="Patients who come in">
        {patients === 0 ? 'none' : `+${countText(patients)}`}
      </td>
    </tr>
  ));
}
