import { Link } from 'react-router-dom';
import type { PanelFilter, ScorecardRow } from '../../../apps/api/src/clinical/contract';
import { Sparkline } from '../charts/Sparkline';
import { Chip } from '../design/Chip';
import { DASH, percentText } from '../design/format';
import { Icon } from '../design/Icon';
import { ChangeFigure } from '../measurement/ChangeFigure';
import { CountLink } from '../measurement/CountLink';
import { notationText, standing } from '../measurement/improvement';
import { measurePath } from '../measurement/links';
import { RateBar } from '../measurement/RateBar';
import { DataQualityChip } from '../quality/DataQualityChip';

interface ScorecardRowCellsProps {
  row: ScorecardRow;
  filter: PanelFilter;
}

export function ScorecardRowCells({ row, filter }: ScorecardRowCellsProps) {
  const { measureId, groupId, counts, improvementNotation: notation } = row;
  const count = { measureId, groupId, filter, of: row.title };
  return (
    <tr>
      <th scope="row" className="cell-primary measure-cell">
        <Link to={measurePath(measureId, filter, groupId)}>{row.title}</Link>
        {row.groupTitle && <span className="cell-second">{row.groupTitle}</span>}
        <span className="measure-tags">
          <span className="quiet small">{measureId}</span>
          <Chip square>v{row.version}</Chip>
          {notation === 'decrease' && <Chip tone="outline">{notationText(notation)}</Chip>}
          {row.origin === 'imported' && <Chip tone="outline">imported</Chip>}
          <DataQualityChip measureId={measureId} quality={row.dataQuality} />
        </span>
      </th>
      {row.scoring === 'proportion' ? (
        <RateCells row={row} filter={filter} />
      ) : (
        <UnratedCells row={row} filter={filter} />
      )}
      <td className="cell-number">
        <CountLink {...count} population="denominator-exclusion" count={counts.denominatorExclusion} />
      </td>
      <td className="cell-number">
        <CountLink {...count} population="denominator-exception" count={counts.denominatorException} />
      </td>
      <td className="cell-target">
        <TargetText row={row} />
      </td>
      <td>
        <ChangeFigure change={row.change} />
      </td>
      <td className="cell-number">
        <CountLink {...count} population="open-gap" count={row.openGaps} />
      </td>
    </tr>
  );
}

function RateCells({ row, filter }: ScorecardRowCellsProps) {
  const { measureId, groupId, counts, performanceRate, target, title } = row;
  const count = { measureId, groupId, filter, of: title };
  return (
    <>
      <td>
        <span className="rate">
          {performanceRate === null ? 'no denominator' : percentText(performanceRate)}
        </span>
        <RateBar rate={performanceRate} target={target} met={row.patientsToTarget === 0} />
      </td>
      <td>
        <Sparkline trend={row.trend} target={target} label={title} />
      </td>
      <td className="cell-number">
        <CountLink {...count} population="performance-numerator" count={counts.performanceNumerator} />
        <span className="quiet"> / </span>
        <CountLink {...count} population="performance-denominator" count={counts.performanceDenominator} />
      </td>
    </>
  );
}

/** Ratio, continuous variable and cohort have no performance rate: whom they are about instead. */
function UnratedCells({ row, filter }: ScorecardRowCellsProps) {
  const { measureId, groupId, counts, title } = row;
  return (
    <>
      <td className="quiet" colSpan={2}>
        {row.scoring.replace('-', ' ')}: no performance rate
      </td>
      <td className="cell-number">
        <CountLink
          measureId={measureId}
          groupId={groupId}
          filter={filter}
          of={title}
          population="initial-population"
          count={counts.initialPopulation}
        />
        <span className="cell-second">initial population</span>
      </td>
    </>
  );
}

function TargetText({ row }: { row: ScorecardRow }) {
  if (row.scoring !== 'proportion') return <span className="quiet">{DASH}</span>;
  const where = standing(row.improvementNotation, row.performanceRate, row.target, row.patientsToTarget);
  return (
    <>
      <span className={where.kind === 'met' ? 'tone-better' : where.kind === 'short' ? 'strong' : 'quiet'}>
        {where.kind === 'met' && <Icon name="check" />} {where.text}
      </span>
      {where.targetText && <span className="cell-second">target {where.targetText}</span>}
    </>
  );
}
