import { Link } from 'react-router-dom';
import type { MeasureQuality } from '../../../apps/api/src/clinical/contract';
import { EmptyState } from '../design/EmptyState';
import { percentText } from '../design/format';
import { measureQualityPath } from '../measurement/links';
import { GradeMark } from './GradeMark';
import { GradeTrend } from './GradeTrend';
import { Reasons } from './Reasons';

/** How far the data of each measure can be trusted, the worst first. */
export function MeasureGrades({ measures }: { measures: MeasureQuality[] }) {
  return (
    <section className="panel" aria-labelledby="measure-grades">
      <div className="panel-header">
        <h2 id="measure-grades">Measures</h2>
        <span className="panel-note">Only what a measure reads counts for its grade.</span>
      </div>
      {measures.length === 0 ? (
        <EmptyState title="No measure was evaluated" />
      ) : (
        <div className="table-scroll" role="region" aria-label="Grades of measures" tabIndex={0}>
          <table className="quality-table">
            <thead>
              <tr>
                <th scope="col">Measure</th>
                <th scope="col">Grade</th>
                <th scope="col" className="cell-number">
                  Usable
                </th>
                <th scope="col">Why</th>
                <th scope="col">Evaluations</th>
              </tr>
            </thead>
            <tbody>
              {measures.map(({ measureId, title, grade, score, reason, trend }) => (
                <tr key={measureId}>
                  <th scope="row" className="cell-primary">
                    <Link to={measureQualityPath(measureId)}>{title}</Link>
                    <span className="cell-second">{measureId}</span>
                  </th>
                  <td>
                    <GradeMark grade={grade} />
                  </td>
                  <td className="cell-number" data-label="Usable">
                    {score === null ? 'nothing' : percentText(score)}
                  </td>
                  <td className="quality-reasons">
                    <Reasons reason={reason} most={3} />
                  </td>
                  <td data-label="Evaluations">
                    <GradeTrend trend={trend} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
