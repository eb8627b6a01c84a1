import { countText } from '../design/format';
import { PAGE_SIZE, type ListPosition } from './list-state';

interface PagerProps {
  position: ListPosition;
  total: number;
  rows: number;
  nextCursor: string | null;
}

/** `51–100 of 412`, previous and next. */
export function Pager({ position, total, rows, nextCursor }: PagerProps) {
  const first = (position.pageNumber - 1) * PAGE_SIZE + 1;
  return (
    <nav className="pager" aria-label="Pages">
      <span className="number">
        {countText(first)}–{countText(first + rows - 1)} of {countText(total)}
      </span>
      <span className="buttons">
        <button
          type="button"
          className="button button-small"
          disabled={!position.previous}
          onClick={() => position.previous?.()}
        >
          Previous
        </button>
        <button
          type="button"
          className="button button-small"
          disabled={!nextCursor}
          onClick={() => nextCursor && position.next(nextCursor)}
        >
          Next
        </button>
      </span>
    </nav>
  );
}
