import type { QualityFinding } from '../../../apps/api/src/clinical/contract';
import { FindingTable } from './FindingsPanel';

/** What loads could not store at all: it counts nowhere. */
export function SetAside({ findings }: { findings: QualityFinding[] }) {
  return (
    <section className="panel" aria-labelledby="set-aside">
      <div className="panel-header">
        <h2 id="set-aside">Set aside by loads</h2>
        <span className="panel-note">These resources are in no number.</span>
      </div>
      {findings.length === 0 ? (
        <p className="panel-body quiet">Everything that was sent is stored.</p>
      ) : (
        <FindingTable findings={findings} label="What was set aside, with reasons" />
      )}
    </section>
  );
}
