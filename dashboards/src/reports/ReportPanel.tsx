import { useId } from 'react';
import type { ReportSummary } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { useMay } from '../session/abilities';
import { Deliveries } from './Deliveries';
import { useMakeReport } from './queries';
import { scheduleText, zonedText } from './schedule';

/** One report: its schedule, where it goes, "make it now", and its deliveries. */
export function ReportPanel({ report }: { report: ReportSummary }) {
  const heading = useId();
  const mayChange = useMay('change:Report');
  const make = useMakeReport(report.reportId);
  return (
    <section className="panel report" aria-labelledby={heading}>
      <div className="panel-header report-header">
        <h2 id={heading}>
          {report.name}{' '}
          {report.formats.map((format) => (
            <Chip key={format} square>
              {format.toUpperCase()}
            </Chip>
          ))}
          {!report.active && <Chip tone="unknown">switched off</Chip>}
        </h2>
        {mayChange && report.active && (
          <button
            type="button"
            className="button"
            disabled={make.isPending}
            aria-label={`Make now: ${report.name}`}
            onClick={() => make.mutate()}
          >
            {make.isPending ? 'Asking…' : 'Make now'}
          </button>
        )}
      </div>
      {make.isError && (
        <p className="inline-problem" role="alert">
          {make.error.message}
        </p>
      )}
      <dl className="report-facts">
        <div>
          <dt>Schedule</dt>
          <dd>
            {scheduleText(report.cron)} <span className="quiet">{report.timeZone}</span>
          </dd>
        </div>
        <div>
          <dt>Next</dt>
          <dd className="number">
            {report.nextRun ? zonedText(report.nextRun, report.timeZone) : 'not scheduled'}
          </dd>
        </div>
        <div>
          <dt>Recipients</dt>
          <dd>{report.recipients.length > 0 ? report.recipients.join(', ') : 'outbox folder only'}</dd>
        </div>
        <div>
          <dt>Set up by</dt>
          <dd>{report.createdBy}</dd>
        </div>
      </dl>
      <Deliveries report={report} />
    </section>
  );
}
