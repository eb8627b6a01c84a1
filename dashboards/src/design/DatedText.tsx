import { Fragment } from 'react';

const ISO_DATE = /(\d{4}-\d{2}-\d{2})/;

/** A sentence whose dates are not broken at their hyphens. */
export function DatedText({ children }: { children: string }) {
  return children.split(ISO_DATE).map((part, index) =>
    ISO_DATE.test(part) ? (
      <span key={index} className="nowrap number">
        {part}
      </span>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
