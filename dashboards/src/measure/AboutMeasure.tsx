import type { ReactNode } from 'react';
import type { MeasureMeta } from '../../../apps/api/src/clinical/contract';

/** What the measure says about itself. Copyright and disclaimer of a package are always carried along. */
export function AboutMeasure({ measure }: { measure: MeasureMeta }) {
  return (
    <section className="panel" aria-labelledby="about">
      <div className="panel-header">
        <h2 id="about">About this measure</h2>
      </div>
      <dl className="panel-body about-list">
        <Entry term="Description">{measure.description}</Entry>
        <Entry term="Guideline">{measure.guideline}</Entry>
        <Entry term="Rationale">{measure.rationale}</Entry>
        <Entry term="Canonical">
          <code>
            {measure.canonical}|{measure.version}
          </code>
        </Entry>
        <Entry term="Copyright">{measure.copyright}</Entry>
        <Entry term="Disclaimer">{measure.disclaimer}</Entry>
      </dl>
    </section>
  );
}

function Entry({ term, children }: { term: string; children: ReactNode }) {
  if (children === null) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
