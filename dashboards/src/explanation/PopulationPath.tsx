import type { PopulationCode } from '../../../apps/api/src/clinical/contract';
import { capitalized } from '../design/format';
import { populationText } from '../measurement/population';
import { TruthMark } from './TruthMark';

const PATH: PopulationCode[] = [
  'initial-population',
  'denominator',
  'denominator-exclusion',
  'denominator-exception',
  'numerator',
];

/** Which populations the patient is in, in the order in which the rate is formed. */
export function PopulationPath({ populations }: { populations: PopulationCode[] }) {
  const further = populations.filter((population) => !PATH.includes(population));
  return (
    <ol className="population-path">
      {[...PATH, ...further].map((population) => {
        const inside = populations.includes(population);
        return (
          <li key={population} data-inside={inside}>
            <TruthMark truth={inside ? 'true' : 'false'} />
            {capitalized(populationText(population))}
            <span className="visually-hidden">: {inside ? 'yes' : 'no'}</span>
          </li>
        );
      })}
    </ol>
  );
}
