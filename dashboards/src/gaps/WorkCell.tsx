import { useState } from 'react';
import type { GapPlace, GapWork } from '../../../apps/api/src/clinical/contract';
import { useMay } from '../session/abilities';
import { WorkDrawer } from './WorkDrawer';
import { WorkFigure } from './WorkFigure';

export interface WorkCellProps {
  place: GapPlace;
  measureTitle: string;
  fullName: string;
  work: GapWork | null;
}

/** How the work on a gap stands, and the way to change it or, for who may not, to its history. */
export function WorkCell({ place, measureTitle, fullName, work }: WorkCellProps) {
  const [open, setOpen] = useState(false);
  const mayChange = useMay('change:Worklist');
  return (
    <span className="work-cell">
      <WorkFigure work={work} />
      {(mayChange || work) && (
        <button
          type="button"
          className="button button-small"
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        >
          {mayChange ? 'Work' : 'History'}
          <span className="visually-hidden">
            {' '}
            on {measureTitle} of {fullName}
          </span>
        </button>
      )}
      {open && (
        <WorkDrawer
          place={place}
          measureTitle={measureTitle}
          fullName={fullName}
          onClose={() => setOpen(false)}
        />
      )}
    </span>
  );
}
