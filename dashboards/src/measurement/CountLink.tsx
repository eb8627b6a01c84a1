import { Link } from 'react-router-dom';
import type { ListedPopulation, PanelFilter } from '../../../apps/api/src/clinical/contract';
import { countText } from '../design/format';
import { useMay } from '../session/abilities';
import { populationListPath } from './links';
import { populationText } from './population';

interface CountLinkProps {
  measureId: string;
  groupId: string;
  population: ListedPopulation;
  filter: PanelFilter;
  /** Null: the measure does not define this population, so that there is no list. */
  count: number | null;
  /** What the number is about, for the accessible name: usually the measure's title. */
  of: string;
}

/** A number that opens the list of people it counts; for who may see no patient it is only a number. */
export function CountLink({ measureId, groupId, population, filter, count, of }: CountLinkProps) {
  const listed = useMay('read:Patient');
  if (count === null) return <span className="quiet">{countText(count)}</span>;
  if (!listed) return <span className="number">{countText(count)}</span>;
  return (
    <Link
      className="figure-link"
      to={populationListPath(measureId, groupId, population, filter)}
      aria-label={`${countText(count)}, ${populationText(population)}, ${of}`}
      data-population={population}
    >
      {countText(count)}
    </Link>
  );
}
