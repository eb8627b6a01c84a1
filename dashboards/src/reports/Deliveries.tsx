import type { ReportDelivery, ReportSummary } from '../../../apps/api/src/clinical/contract';
import { Chip, type Tone } from '../design/Chip';
import { countText, DASH } from '../design/format';
import { QueryView } from '../design/QueryView';
import { Skeleton } from '../design/Skeleton';
import { deliveryFilePath, useDeliveries } from './queries';
import { zonedText } from './schedule';

/** What became of a report, newest first, with its files. */
export function Deliveries({ report }: { report: ReportSummary }) {
  const deliveries = useDeliveries(report.reportId);
  return (
    <QueryView query={deliveries} loading={<Skeleton height="60px" />}>
      {(data) =>
        data.length === 0 ? (
          <p className="quiet deliveries-empty">Not made yet.</p>
        ) : (
          <DeliveryTable report={report} deliveries={data} />
        )
      }
    </QueryView>
  );
}

function DeliveryTable({ report, deliveries }: { report: ReportSummary; deliveries: ReportDelivery[] }) {
  return (
    <div className="table-scroll" role="region" aria-label={`Deliveries of ${report.name}`} tabIndex={0}>
      <table>
        <caption className="visually-hidden">Deliveries of {report.name}, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Due</th>
            <th scope="col">Status</th>
            <th scope="col" className="cell-number">
              Attempts
            </th>
            <th scope="col">Files</th>
            <th scope="col">Numbers of run</th>
            <th scope="col">Finished</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <tr key={delivery.deliveryId ?? `queued ${delivery.dueAt}`}>
              <th scope="row" className="cell-date">
                {zonedText(delivery.dueAt, report.timeZone)}
              </th>
              <td>
                <Chip tone={toneOf(delivery.status)}>{delivery.status}</Chip>
                {delivery.error && <span className="cell-second delivery-error">{delivery.error}</span>}
              </td>
              <td className="cell-number">{countText(delivery.attempts)}</td>
              <td>
                <DeliveryFiles delivery={delivery} />
              </td>
              <td>{delivery.runId ? <code>{delivery.runId}</code> : DASH}</td>
              <td className="cell-date">
                {delivery.finishedAt ? zonedText(delivery.finishedAt, report.timeZone) : DASH}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Files of a delivery that failed may be incomplete and are not offered. */
function DeliveryFiles({ delivery }: { delivery: ReportDelivery }) {
  if (delivery.status !== 'delivered') return <span className="quiet">{DASH}</span>;
  return (
    <ul>
      {delivery.files.map((name) => (
        <li key={name}>
          <a href={deliveryFilePath(delivery, name)} download>
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}

function toneOf(status: ReportDelivery['status']): Tone {
  switch (status) {
    case 'delivered':
      return 'better';
    case 'failed':
      return 'worse';
    case 'queued':
    case 'pending':
      return 'unknown';
  }
}
