import type { Parameters } from '@catchment/population';

/**
 * SQL condition for people whose name holds every word, in any order and whatever the accents, or whose medical
 * record number begins with it.
 * @param p alias of `patient`
 */
export function searchCondition(p: string, q: string | undefined, parameters: Parameters): string {
  const words = (q ?? '').trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return 'true';
  const conditions = words.map((word) => {
    const text = parameters.bind(word.replaceAll(',', ''));
    return (
      `(contains(lower(strip_accents(${p}.full_name)), lower(strip_accents(${text}::varchar)))` +
      ` or coalesce(starts_with(lower(${p}.mrn), lower(${text}::varchar)), false))`
    );
  });
  return `(${conditions.join(' and ')})`;
}
