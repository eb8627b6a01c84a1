/** Bands of complete years at the end of the measurement period, as in sql/marts/scorecard.sql. */
export const ageBands = ['0-17', '18-44', '45-64', '65-74', '75+', 'unknown'] as const;

/** SQL text of the band that a patient is in. @param p alias of `patient` */
export function ageBand(p: string): string {
  return `case
            when ${p}.age is null then 'unknown'
            when ${p}.age < 18 then '0-17'
            when ${p}.age < 45 then '18-44'
            when ${p}.age < 65 then '45-64'
            when ${p}.age < 75 then '65-74'
            else '75+'
        end`;
}
