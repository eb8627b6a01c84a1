import { capitalized } from '../design/format';

interface ReasonsProps {
  /** Sentences with semicolons between them. */
  reason: string;
  /** How many are shown; without it all. */
  most?: number;
}

/** Why a measure has its grade, one reason a line. */
export function Reasons({ reason, most }: ReasonsProps) {
  const all = reason.split('; ');
  const shown = all.slice(0, most);
  return (
    <ul>
      {shown.map((each) => (
        <li key={each}>{capitalized(each)}</li>
      ))}
      {shown.length < all.length && <li className="quiet">and {all.length - shown.length} more</li>}
    </ul>
  );
}
