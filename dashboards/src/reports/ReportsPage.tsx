import { EmptyState } from '../design/EmptyState';
import { PageHeader } from '../design/PageHeader';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { useReports } from './queries';
import { ReportPanel } from './ReportPanel';
import './reports.css';

/** Scheduled reports: what is made when, for whom, and what became of it. */
export default function ReportsPage() {
  const reports = useReports();
  return (
    <>
      <PageHeader
        title="Reports"
        documentTitle="Reports"
        subtitle="Made by a schedule from the published numbers. A delivery that fails is tried again and stays visible here."
      />
      <QueryView query={reports} loading={<TableSkeleton label="Loading reports" rows={4} />}>
        {(data) =>
          data.length === 0 ? (
            <div className="panel">
              <EmptyState title="No report is scheduled" />
            </div>
          ) : (
            <div className="stack">
              {data.map((report) => (
                <ReportPanel key={report.reportId} report={report} />
              ))}
            </div>
          )
        }
      </QueryView>
    </>
  );
}
