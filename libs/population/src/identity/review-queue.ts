import type { Connection } from '@catchment/warehouse';

/** What one comparison of two records found. */
export interface PairEvidence {
  field: string;
  outcome: string;
  /** Points for (or, negative, against) one person. */
  weight: number;
}

/** Two records that somebody is to look at. */
export interface ReviewPair {
  left: string;
  right: string;
  leftSource: string;
  rightSource: string;
  score: number;
  evidence: PairEvidence[];
  contradictions: string[];
}

/**
 * The pairs that wait for somebody, those with most points first: between the two thresholds, in contradiction, or of
 * a chain that was not followed. What people decided, and what is one person by other links, is not among them.
 */
export async function readReviewQueue(connection: Connection, limit: number): Promise<ReviewPair[]> {
  const rows = await connection.rows<
    Omit<ReviewPair, 'evidence' | 'contradictions'> & Record<'e' | 'c', string>
  >(
    `select left_record as "left", right_record as "right", l.source as "leftSource", r.source as "rightSource",
       score, to_json(evidence)::varchar as e, to_json(contradictions)::varchar as c
     from identity.review_pair
     join identity.record as l on l.record_id = left_record
     join identity.record as r on r.record_id = right_record
     order by score desc, left_record, right_record
     limit $1`,
    [limit],
  );
  return rows.map(({ e, c, ...pair }) => ({
    ...pair,
    evidence: JSON.parse(e) as PairEvidence[],
    contradictions: JSON.parse(c) as string[],
  }));
}
