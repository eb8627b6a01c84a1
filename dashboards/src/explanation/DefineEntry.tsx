import type { ExplainedDefine, Explanation } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { plural } from '../design/format';
import { CqlText } from './CqlText';
import { decisionsText, directTexts } from './decided-text';
import { EvidenceTable } from './EvidenceTable';
import { truthOf, truthText, type Truth } from './truth';
import { TruthMark } from './TruthMark';

interface DefineEntryProps {
  define: ExplainedDefine;
  truths: Map<string, Truth>;
  /** Named only where it is not the measure's own library. */
  showLibrary: boolean;
  groups: Explanation['groups'];
}

/** One define: what it came to; opened, its text and the evidence. */
export function DefineEntry({ define, truths, showLibrary, groups }: DefineEntryProps) {
  const truth = truthOf(define);
  return (
    <details className="define">
      <summary>
        <TruthMark truth={truth} />
        <span className="define-name">
          {define.define}
          {showLibrary && <span className="quiet small"> {define.library}</span>}
          {directTexts(define.decides, groups).map((text) => (
            <Chip key={text} tone="outline">
              {text}
            </Chip>
          ))}
        </span>
        {define.evidenceTotal > 0 && (
          <span className="quiet small number">{plural(define.evidenceTotal, 'resource')}</span>
        )}
        <span className="define-truth" data-truth={truth}>
          {truthText(define)}
        </span>
      </summary>
      <div className="define-body">
        <p className="quiet small">{decisionsText(define.decides, groups)}</p>
        {define.cql === null ? (
          <p className="quiet small">The library came without its CQL text.</p>
        ) : (
          <CqlText cql={define.cql} truths={truths} />
        )}
        {define.locator && (
          <p className="quiet small">
            {define.library}, {define.locator}
          </p>
        )}
        {define.evidence.length > 0 && (
          <EvidenceTable label={define.define} evidence={define.evidence} total={define.evidenceTotal} />
        )}
      </div>
    </details>
  );
}
