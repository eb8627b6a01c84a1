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
 * A resource to look at: its shape and its codes. Names, numbers of patients, references and free text are …, digits of
 * dates are signs.
 * @param json one resource
 */
export function maskedSample(json: string): string {
  const resource = JSON.parse(json) as { resourceType: string };
  return JSON.stringify(masked(resource, '', resource.resourceType === 'Patient'), null, 2);
}

function masked(value: unknown, key: string, ofPatient: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => masked(each, key, ofPatient));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, masked(each, name, ofPatient)]),
    );
  if (typeof value !== 'string') return value;
  if (/^\d{4}(-\d{2}){0,2}(T.*)?$/.test(value)) return value.replace(/\d/g, '#');
  if (plain.has(key)) return value;
  return key === 'display' && !ofPatient ? value : '…';
}
