import { Link } from 'react-router-dom';
import type { PanelFilter, ScorecardRow } from '../../../apps/api/src/clinical/contract';
import { Sparkline } from '../charts/Sparkline';
import { Chip } from '../design/Chip';
import { percentText } from '../design/format';
import { ChangeFigure } from '../measurement/ChangeFigure';
import { CountLink } from '../measurement/CountLink';
import { notationText, standing } from '../measurement/improvement';
import { measurePath } from '../measurement/links';
import { RateBar } from '../measurement/RateBar';

interface ScorecardRowCellsProps {
  row: ScorecardRow;
  filter: PanelFilter;
}

export function ScorecardRowCells({ row, filter }: ScorecardRowCellsProps) {
  const { measureId, groupId, counts, improvementNotation: notation, performanceRate, target } = row;
  const where = standing(notation, performanceRate, target, row.patientsToTarget);
  const count = { measureId, groupId, filter, of: row.title };
  return (
    <tr>
      <th scope="row" className="cell-primary measure-cell">
        <Link to={measurePath(measureId, filter)}>{row.title}</Link>
        {row.groupTitle && <span className="cell-second">{row.groupTitle}</span>}
        <span className="measure-tags">
          <span className="quiet small">{row.name}</span>
          <Chip square>v{row.version}</Chip>
          {notation === 'decrease' && <Chip tone="outline">{notationText(notation)}</Chip>}
          {row.origin === 'imported' && <Chip tone="outline">imported</Chip>}
        </span>
      </th>
      <td>
        <span className="rate">
          {performanceRate === null ? 'no denominator' : percentText(performanceRate)}
        </span>
        <RateBar rate={performanceRate} target={target} met={where.kind === 'met'} />
      </td>
      <td>
        <Sparkline trend={row.trend} target={target} label={row.title} />
      </td>
      <td className="cell-number">
        <CountLink {...count} population="performance-numerator" count={counts.performanceNumerator} />
        <span className="quiet"> / </span>
        <CountLink {...count} population="performance-denominator" count={counts.performanceDenominator} />
      </td>
      <td className="cell-number">
        <CountLink {...count} population="denominator-exclusion" count={counts.denominatorExclusion} />
      </td>
      <td className="cell-number">
        <CountLink {...count} population="denominator-exception" count={counts.denominatorException} />
      </td>
      <td className="cell-target">
        <span className={where.kind === 'met' ? 'tone-better' : where.kind === 'short' ? 'strong' : 'quiet'}>
          {where.kind === 'met' && <span aria-hidden="true">✓ </span>}
          {where.text}
        </span>
        {where.targetText && <span className="cell-second">target {where.targetText}</span>}
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
