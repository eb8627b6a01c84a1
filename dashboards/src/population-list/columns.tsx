import type { PopulationListRow } from '../../../apps/api/src/clinical/contract';
import { DatedText } from '../design/DatedText';
import { DASH } from '../design/format';
import { GapChip } from '../gaps/GapChip';
import { OpenGapsLink, panelColumn, visitsColumn, whoColumn } from '../lists/patient-columns';
import type { ListColumn } from '../lists/DataTable';
import { membershipText } from '../measurement/population';

/** @param onExplain opens the explanation of one patient beside the list */
export function populationColumns(
  measureId: string,
  onExplain: (row: PopulationListRow) => void,
): ListColumn<PopulationListRow>[] {
  return [
    whoColumn(measureId),
    panelColumn(),
    visitsColumn(),
    {
      id: 'result',
      header: 'Result',
      cell: ({ row: { original } }) => (
        <>
          {original.gap ? (
            <GapChip status={original.gap.gapStatus} reason={original.gap.gapReason} />
          ) : (
            <span className="quiet">no gap status</span>
          )}
          <span className="cell-second">{membershipText(original.populations)}</span>
        </>
      ),
    },
    {
      id: 'why',
      header: 'Why',
      cell: ({ row: { original } }) => (
        <span className="why-cell">
          <span className="reason-line">
            {original.gap?.detail ? (
              <DatedText>{original.gap.detail}</DatedText>
            ) : (
              <span className="quiet">{DASH}</span>
            )}
          </span>
          <button
            type="button"
            className="button button-small"
            aria-label={`Why: ${original.fullName}`}
            onClick={() => onExplain(original)}
          >
            Why
          </button>
        </span>
      ),
    },
    {
      id: 'openGaps',
      header: 'Open gaps',
      cell: ({ row: { original } }) => <OpenGapsLink patient={original} />,
    },
  ];
}
