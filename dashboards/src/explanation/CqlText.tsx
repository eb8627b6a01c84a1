import { Fragment } from 'react';
import { cqlTokens } from './cql-tokens';
import type { Truth } from './truth';

interface CqlTextProps {
  cql: string;
  /** What the other defines came to: a reference to one takes the colour of its result. */
  truths: Map<string, Truth>;
}

/** The measure's own text, with every referenced define coloured by what it came to for this patient. */
export function CqlText({ cql, truths }: CqlTextProps) {
  return (
    <pre className="cql" tabIndex={0} role="region" aria-label="CQL">
      <code>
        {cqlTokens(cql).map((token, index) => {
          if (token.kind === 'plain') return <Fragment key={index}>{token.text}</Fragment>;
          const truth = token.kind === 'name' ? truths.get(token.text.slice(1, -1)) : undefined;
          return (
            <span key={index} className={`cql-${token.kind}`} data-truth={truth} title={truth}>
              {token.text}
            </span>
          );
        })}
      </code>
    </pre>
  );
}
