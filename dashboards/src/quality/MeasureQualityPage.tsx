import { Link, useParams } from 'react-router-dom';
import type {
  MeasureQualityDetail,
  QualityInput,
  QualityMeasureFinding,
} from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { EmptyState } from '../design/EmptyState';
import { countText, DASH, percentText } from '../design/format';
import { PageHeader } from '../design/PageHeader';
import { PanelSkeleton, TableSkeleton } from '../design/Skeleton';
import { measurePath } from '../measurement/links';
import { CheckedView } from './CheckedView';
import { findingText, SEVERITY_TEXT, severityTone } from './finding-text';
import { GradeMark } from './GradeMark';
import { GradeTrend } from './GradeTrend';
import { useMeasureQuality } from './queries';
import { Reasons } from './Reasons';
import './quality.css';

/** Why a measure has its grade: what it reads, how much of that is there, and what is wrong with it. */
export default function MeasureQualityPage() {
  const { measureId = '' } = useParams();
  const quality = useMeasureQuality(measureId);
  return (
    <>
      <PageHeader
        documentTitle="Data quality of a measure"
        breadcrumb={<Link to="/quality">Data quality</Link>}
        title={quality.data?.title ?? measureId}
        subtitle={quality.data && <span className="quiet small">{measureId}</span>}
        end={
          quality.data && (
            <Link className="button" to={measurePath(measureId, {})}>
              Open the measure
            </Link>
          )
        }
      />
      <CheckedView
        query={quality}
        loading={
          <div className="stack">
            <PanelSkeleton label="Loading the grade" height="60px" />
            <TableSkeleton label="Loading what the measure reads" rows={6} />
          </div>
        }
      >
        {(data) => (
          <div className="stack">
            <Verdict quality={data} />
            <Inputs inputs={data.inputs} />
            <Findings findings={data.findings} />
          </div>
        )}
      </CheckedView>
    </>
  );
}

function Verdict({ quality: { grade, score, reason, trend } }: { quality: MeasureQualityDetail }) {
  return (
    <section className="panel" aria-labelledby="verdict">
      <div className="panel-header">
        <h2 id="verdict">Grade</h2>
      </div>
      <div className="panel-body quality-verdict">
        <div>
          <GradeMark grade={grade} />
          <p className="quiet small">
            {score === null ? 'There is nothing to judge.' : `${percentText(score)} usable`}
          </p>
        </div>
        <div className="quality-reasons">
          <Reasons reason={reason} />
        </div>
        <div>
          <div className="quiet small">Evaluations, the latest last</div>
          <GradeTrend trend={trend} />
        </div>
      </div>
    </section>
  );
}

function Inputs({ inputs }: { inputs: QualityInput[] }) {
  return (
    <section className="panel" aria-labelledby="inputs">
      <div className="panel-header">
        <h2 id="inputs">What it reads</h2>
        <span className="panel-note">
          What decides who counts weighs three times as much as what takes somebody out.
        </span>
      </div>
      {inputs.length === 0 ? (
        <EmptyState title="No retrieve decides a population of this measure" />
      ) : (
        <div className="table-scroll" role="region" aria-label="What the measure reads" tabIndex={0}>
          <table className="quality-table">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Type</th>
                <th scope="col">Decides</th>
                <th scope="col" className="cell-number">
                  Weight
                </th>
                <th scope="col" className="cell-number">
                  Resources
                </th>
                <th scope="col" className="cell-number">
                  Usable
                </th>
              </tr>
            </thead>
            <tbody>
              {inputs.map((input) => (
                <InputRow key={`${input.type} ${input.name} ${input.canonical}`} input={input} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function InputRow({ input }: { input: QualityInput }) {
  const { type, name, canonical, populations, weight, resources, usable } = input;
  return (
    <tr>
      <th scope="row" className="quality-sentence">
        {name}
        {canonical && <span className="cell-second canonical">{canonical}</span>}
      </th>
      <td>{type}</td>
      <td data-label="Decides">{populations.map((code) => code.replaceAll('-', ' ')).join(', ')}</td>
      <td className="cell-number" data-label="Weight">
        {weight}
      </td>
      <td className="cell-number" data-label="Resources">
        {resources === 0 ? <Chip tone={weight === 3 ? 'worse' : 'neutral'}>none</Chip> : countText(resources)}
      </td>
      <td className="cell-number" data-label="Usable">
        {resources === 0 ? DASH : percentText(usable / resources)}
      </td>
    </tr>
  );
}

function Findings({ findings }: { findings: QualityMeasureFinding[] }) {
  return (
    <section className="panel" aria-labelledby="measure-findings">
      <div className="panel-header">
        <h2 id="measure-findings">What is wrong with it</h2>
        <span className="panel-note">Only elements that the measure reads.</span>
      </div>
      {findings.length === 0 ? (
        <p className="panel-body quiet">Nothing was found in what the measure reads.</p>
      ) : (
        <div className="table-scroll" role="region" aria-label="Findings of the measure" tabIndex={0}>
          <table className="quality-table">
            <thead>
              <tr>
                <th scope="col">Severity</th>
                <th scope="col">Finding</th>
                <th scope="col">What</th>
                <th scope="col" className="cell-number">
                  Resources
                </th>
              </tr>
            </thead>
            <tbody>
              {findings.map((finding) => (
                <tr key={[finding.check, finding.type, finding.name, finding.element].join(' ')}>
                  <td>
                    <Chip tone={severityTone(finding.severity)}>{SEVERITY_TEXT[finding.severity]}</Chip>
                  </td>
                  <td className="quality-sentence">{findingText(finding)}</td>
                  <td>{finding.name}</td>
                  <td className="cell-number" data-label="Resources">
                    {countText(finding.affected)}
                    <span className="cell-second">of {countText(finding.total)}</span>
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
