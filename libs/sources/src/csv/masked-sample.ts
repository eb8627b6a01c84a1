/** Texts that say nothing of who somebody is: codes and what they are codes of. */
const plain = new Set([
  'resourceType',
  'status',
  'intent',
  'gender',
  'use',
  'system',
  'code',
  'unit',
  'comparator',
  'url',
]);

/**
 * A resource to look at: its shape and its codes. Names, numbers of patients, references, free text, words of codes and
 * codes of the source's own are …, digits of dates are signs.
 * @param json one resource
 */
export function maskedSample(json: string): string {
  return JSON.stringify(masked(JSON.parse(json), ''), null, 2);
}

function masked(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((each) => masked(each, key));
  if (typeof value === 'object' && value !== null) {
    const isLocal = 'system' in value && String(value.system).startsWith('urn:catchment:');
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        isLocal && name === 'code' ? '…' : masked(each, name),
      ]),
    );
  }
  if (typeof value !== 'string') return value;
  if (/^\d{4}(-\d{2}){0,2}(T.*)?$/.test(value)) return value.replace(/\d/g, '#');
  return plain.has(key) ? value : '…';
}
