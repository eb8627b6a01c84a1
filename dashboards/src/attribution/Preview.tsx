import type {
  AttributionMove,
  AttributionPreview,
  AttributionRule,
} from '../../../apps/api/src/clinical/contract';
import { countText, plural } from '../design/format';
import { QueryView } from '../design/QueryView';
import { TableSkeleton } from '../design/Skeleton';
import { usePreview } from './queries';

/** How many patients would move, from where to where, if the rule held. */
export function Preview({ rule }: { rule: AttributionRule }) {
  const preview = usePreview(rule);
  return (
    <section className="panel" aria-label="Preview">
      <header className="panel-header">
        <h2>What this rule would change</h2>
      </header>
      <div className="panel-body">
        <QueryView query={preview} loading={<TableSkeleton label="Trying the rule" rows={3} />}>
          {(data) => <Figures preview={data} />}
        </QueryView>
      </div>
    </section>
  );
}

function Figures({
  preview: { patients, moved, otherSite, otherProvider, moves },
}: {
  preview: AttributionPreview;
}) {
  if (moved === 0)
    return <p>Nobody would move: all {plural(patients, 'published patient')} stay where they are.</p>;
  return (
    <>
      <p>
        Of {plural(patients, 'published patient')} <strong>{countText(moved)}</strong> would move:{' '}
        {countText(otherSite)} to another site, {countText(otherProvider)} to another provider.
      </p>
      {moves.length > 0 && (
        <table>
          <caption className="visually-hidden">Patients who would go to another site</caption>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" className="cell-number">
                Patients
              </th>
            </tr>
          </thead>
          <tbody>
            {moves.map((move) => (
              <tr key={`${move.from?.id ?? ''} ${move.to?.id ?? ''}`}>
                <td>{siteText(move.from)}</td>
                <td>{siteText(move.to)}</td>
                <td className="cell-number">{countText(move.patients)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function siteText(site: AttributionMove['from']): string {
  return site?.name ?? 'no site';
}
