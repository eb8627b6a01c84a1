import type { DecidedPopulation, Explanation } from '../../../apps/api/src/clinical/contract';
import { populationText } from '../measurement/population';

type Groups = Explanation['groups'];

/** The populations that the measure names the define for: `numerator`, or `numerator (screened)` of several groups. */
export function directTexts(decides: DecidedPopulation[] | null, groups: Groups): string[] {
  return namesOf(
    (decides ?? []).filter(({ isDirect }) => isDirect),
    groups,
  );
}

/** Everything that rests on a define, as a sentence. */
export function decisionsText(decides: DecidedPopulation[] | null, groups: Groups): string {
  if (decides === null) return 'What it decides is known from the next evaluation run on.';
  if (decides.length === 0) return 'Decides no population.';
  const direct = directTexts(decides, groups);
  const through = namesOf(
    decides.filter(({ isDirect }) => !isDirect),
    groups,
  );
  return [
    direct.length > 0 && `Decides: ${direct.join(', ')}.`,
    through.length > 0 && `Part of: ${through.join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function namesOf(decides: DecidedPopulation[], groups: Groups): string[] {
  const names = decides.map(({ groupId, population }) => {
    const title = groups.find((group) => group.groupId === groupId)?.title ?? groupId;
    return groups.length > 1 ? `${populationText(population)} (${title})` : populationText(population);
  });
  // A group can have several initial populations that rest on one define.
  return [...new Set(names)];
}
