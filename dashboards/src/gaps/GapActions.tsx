import { useSearchUpdate } from '../filters/panel-filter';
import { useMay } from '../session/abilities';
import type { GapFilter } from './gap-filter';
import { gapExportPath } from './queries';

interface GapActionsProps {
  filter: GapFilter;
  q: string;
}

/** One row per patient or per gap, and the list as a file. */
export function GapActions({ filter, q }: GapActionsProps) {
  const mayExport = useMay('export:Worklist');
  return (
    <div className="page-actions">
      <RowsSwitch filter={filter} />
      {mayExport && (
        <a className="button" href={gapExportPath(filter, q)} download>
          Export CSV
        </a>
      )}
    </div>
  );
}

function RowsSwitch({ filter }: { filter: GapFilter }) {
  const update = useSearchUpdate();
  return (
    <div className="segmented" role="group" aria-label="One row per">
      <button type="button" aria-pressed={filter.by === 'patient'} onClick={() => update({ by: null })}>
        Patients
      </button>
      <button type="button" aria-pressed={filter.by === 'gap'} onClick={() => update({ by: 'gap' })}>
        Gaps
      </button>
    </div>
  );
}
