import { Diagnostic } from '@catchment/platform';
import { Components } from './components';

/** Two records, by their opaque ids. */
export interface RecordPair {
  left: string;
  right: string;
}

export interface GroupInput {
  /** What the matcher holds to be one person. */
  same: readonly RecordPair[];
  /** What contradicts each other. */
  contradicting: readonly RecordPair[];
  /** What people decided. */
  decidedSame: readonly RecordPair[];
  decidedApart: readonly RecordPair[];
}

export interface Groups {
  /** Records of one person, two or more each. */
  persons: string[][];
  /** Pairs of the matcher that are not followed, because their chain joins records that contradict each other. */
  doubtful: RecordPair[];
}

/**
 * Decides which records are one person. People's decisions stand above the matcher's. A chain of its pairs that joins
 * two records which contradict each other, or which people keep apart, is not followed at all: nobody knows which of
 * its links is the wrong one.
 * @throws Diagnostic when decisions of people join what other decisions keep apart
 */
export function groupRecords({ same, contradicting, decidedSame, decidedApart }: GroupInput): Groups {
  const decided = new Components();
  for (const { left, right } of decidedSame) decided.join(left, right);
  for (const { left, right } of decidedApart) {
    if (decided.root(left) === decided.root(right))
      throw new Diagnostic(
        `two records are merged and kept apart at once: undo one of the decisions about ${left} and ${right}`,
      );
  }
  const apart = new Set(decidedApart.map(keyOf));
  const edges = same.filter((pair) => !apart.has(keyOf(pair)));
  const chains = new Components();
  for (const { left, right } of [...decidedSame, ...edges]) chains.join(left, right);
  const broken = new Set(
    [
      ...contradicting.filter(({ left, right }) => decided.root(left) !== decided.root(right)),
      ...decidedApart,
    ]
      .filter(({ left, right }) => chains.root(left) === chains.root(right))
      .map(({ left }) => chains.root(left)),
  );
  const persons = new Components();
  for (const { left, right } of decidedSame) persons.join(left, right);
  for (const pair of edges) if (!broken.has(chains.root(pair.left))) persons.join(pair.left, pair.right);
  return {
    persons: persons.sets(),
    doubtful: edges.filter(
      ({ left, right }) => broken.has(chains.root(left)) && decided.root(left) !== decided.root(right),
    ),
  };
}

/** Of a pair, whichever of the two comes first. */
export function keyOf({ left, right }: RecordPair): string {
  return left < right ? `${left} ${right}` : `${right} ${left}`;
}
