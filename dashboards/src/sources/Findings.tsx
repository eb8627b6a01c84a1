import type { SourceFinding } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';

/** What a run found, each with what to do about it; those of one kind together. */
export function Findings({ findings }: { findings: SourceFinding[] }) {
  if (findings.length === 0) return null;
  const kinds = Map.groupBy(findings, ({ code }) => code);
  return (
    <section className="panel" aria-labelledby="findings">
      <div className="panel-header">
        <h2 id="findings">Findings</h2>
      </div>
      <ul className="findings">
        {[...kinds].map(([code, ofKind]) => (
          <li key={code}>
            <Chip tone={ofKind[0]?.severity === 'error' ? 'worse' : 'unknown'}>
              {ofKind[0]?.severity === 'error' ? 'problem' : 'warning'}
            </Chip>
            <div>
              <strong>{TITLES[code] ?? code}</strong>
              <ul>
                {ofKind.map(({ text }, index) => (
                  <li key={`${index} ${text}`}>{text}</li>
                ))}
              </ul>
              {ofKind[0]?.advice && <p className="quiet">{ofKind[0].advice}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const TITLES: Record<string, string> = {
  'not-exported': 'The server could not export',
  'not-granted': 'Types that were not granted',
  'empty-export': 'Nothing came',
  'server-warning': 'The server says',
  'left-the-group': 'Left the group',
  'group-changes': 'Changes only',
  'some-elements': 'Parts of resources',
  quarantined: 'Set aside',
  'file-refused': 'Files that were refused',
  'file-growing': 'Files that are not complete',
  'not-read': 'Not read',
  'file-unknown': 'Files that no table reads',
  'rows-set-aside': 'Rows set aside',
  'gone-unknown': 'What is gone is not known',
  'no-rows': 'Nothing came',
  'rows-unusable': 'Rows without a resource',
  more: 'More',
};
