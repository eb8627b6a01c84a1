import type { ValueSet as FhirValueSet } from 'fhir/r4';
import { readValueSet } from './read-value-set';
import { resolveValueSets, type ResolveOptions } from './resolve-value-sets';

const system = 'http://example.org/codes';
const url = (name: string) => `http://example.org/ValueSet/${name}`;
const contains = (...codes: string[]) => codes.map((code) => ({ system, code }));
const concepts = (...codes: string[]) => ({ system, concept: codes.map((code) => ({ code })) });

function valueSet(name: string, parts: Partial<FhirValueSet>): FhirValueSet {
  return { resourceType: 'ValueSet', status: 'active', url: url(name), ...parts };
}

/** Codes without their system, or the reason of a refusal, by name. */
function resolve(sets: FhirValueSet[], options?: ResolveOptions): Record<string, string> {
  const { valueSets, refused } = resolveValueSets(
    sets.map((set) => readValueSet(set, 'test.json')),
    options,
  );
  const name = (canonical: string) => canonical.split('/').at(-1)!;
  return Object.fromEntries([
    ...valueSets.map(({ canonical, codes }) => [
      name(canonical),
      [...codes]
        .map((c) => c.split('|')[1])
        .sort()
        .join(' '),
    ]),
    ...refused.map(({ canonical, reason }) => [name(canonical), `refused: ${reason}`]),
  ]) as Record<string, string>;
}

describe('an expansion', () => {
  it('is taken as it is when it is complete', () => {
    const set = valueSet('a', {
      expansion: { timestamp: '2026', total: 2, contains: contains('1', '2') },
      compose: { include: [concepts('1', '2', 'inactive')] },
    });
    expect(resolve([set])).toEqual({ a: '1 2' });
  });

  it('counts nested entries; abstract entries and groups are no codes', () => {
    const set = valueSet('a', {
      expansion: {
        timestamp: '2026',
        total: 4,
        contains: [
          { display: 'a group', contains: contains('1', '2') },
          { system, code: 'abstract', abstract: true },
        ],
      },
    });
    expect(resolve([set])).toEqual({ a: '1 2' });
  });

  it('keeps inactive codes that it lists', () => {
    const set = valueSet('a', {
      expansion: { timestamp: '2026', contains: [{ system, code: 'old', inactive: true }] },
    });
    expect(resolve([set])).toEqual({ a: 'old' });
  });

  it('is completed from compose when it is truncated', () => {
    const set = valueSet('a', {
      expansion: { timestamp: '2026', total: 3, contains: contains('1') },
      compose: { include: [concepts('1', '2'), { valueSet: [url('b')] }] },
    });
    const other = valueSet('b', { expansion: { timestamp: '2026', contains: contains('3', '4') } });
    expect(resolve([set, other])).toEqual({ a: '1 2 3 4', b: '3 4' });
  });

  it.each<[string, Partial<FhirValueSet>, RegExp]>([
    ['no compose', {}, /holds 1 of 3 codes; there is no compose/],
    ['too few composed codes', { compose: { include: [concepts('1', '2')] } }, /compose names 2 codes/],
    ['codes that compose lacks', { compose: { include: [concepts('7', '8', '9')] } }, /lacks 1 of the codes/],
    [
      'a filter',
      { compose: { include: [{ system, filter: [{ property: 'p', op: '=', value: 'v' }] }] } },
      /filters/,
    ],
    ['a whole code system', { compose: { include: [{ system }] } }, /whole code system/],
    [
      'an unknown value set',
      { compose: { include: [{ valueSet: [url('none')] }] } },
      /ValueSet\/none, which is not there/,
    ],
    ['itself', { compose: { include: [{ valueSet: [url('a')] }] } }, /refers to itself/],
  ])('is refused when truncated and compose has %s', (_, parts, reason) => {
    const set = valueSet('a', {
      expansion: { timestamp: '2026', total: 3, contains: contains('1') },
      ...parts,
    });
    expect(resolve([set]).a).toMatch(reason);
    expect(resolve([set], { acceptTruncated: true }).a).toBe('1');
  });

  it('of exactly 1,000 codes without a total counts as truncated', () => {
    const codes = Array.from({ length: 1000 }, (_, index) => String(index));
    const set = valueSet('a', { expansion: { timestamp: '2026', contains: contains(...codes) } });
    expect(resolve([set]).a).toMatch(/refused: .*exactly 1000 codes and gives no total/);
    expect(resolve([{ ...set, expansion: { ...set.expansion!, total: 1000 } }]).a).toHaveLength(
      codes.join(' ').length,
    );
  });

  it('that says it is unclosed counts as truncated', () => {
    const extension = [
      { url: 'http://hl7.org/fhir/StructureDefinition/valueset-unclosed', valueBoolean: true },
    ];
    const set = valueSet('a', {
      expansion: { extension, timestamp: '2026', total: 1, contains: contains('1') },
    });
    expect(resolve([set]).a).toMatch(/refused: .*valueset-unclosed/);
  });

  it('without any code is not an empty value set', () => {
    const set = valueSet('a', { expansion: { timestamp: '2026', total: 0 } });
    expect(resolve([set]).a).toMatch(/refused: its expansion holds no code/);
    expect(resolve([{ ...set, compose: { include: [concepts('1')] } }])).toEqual({ a: '1' });
  });

  it('joins pages that follow one another', () => {
    const page = (offset: number, ...codes: string[]) =>
      valueSet('a', {
        version: '1',
        expansion: { timestamp: '2026', total: 3, offset, contains: contains(...codes) },
      });
    expect(resolve([page(2, '3'), page(0, '1', '2')])).toEqual({ a: '1 2 3' });
    expect(resolve([page(2, '3'), page(0, '1')]).a).toMatch(/refused: .*holds 1 of 3/);
    const untold = (offset: number, ...codes: string[]) =>
      valueSet('a', { version: '1', expansion: { timestamp: '2026', offset, contains: contains(...codes) } });
    expect(resolve([untold(2, '3'), untold(0, '1')]).a).toMatch(/refused: .*no page starts at position 1/);
  });

  it('of several copies of one version the fullest counts', () => {
    const copy = (...codes: string[]) =>
      valueSet('a', { version: '1', expansion: { timestamp: '2026', contains: contains(...codes) } });
    expect(resolve([copy('1'), copy('1', '2')])).toEqual({ a: '1 2' });
  });
});

describe('compose without expansion', () => {
  it('intersects within an include, unites includes, takes excludes away', () => {
    const b = valueSet('b', { expansion: { timestamp: '2026', contains: contains('1', '2', '3') } });
    const c = valueSet('c', {
      expansion: {
        timestamp: '2026',
        contains: [...contains('2', '3', '4'), { system: 'urn:other', code: '2' }],
      },
    });
    const set = valueSet('a', {
      compose: {
        include: [
          { valueSet: [url('b'), url('c')] },
          { system: 'urn:other', valueSet: [url('c')] },
          concepts('9'),
        ],
        exclude: [concepts('3')],
      },
    });
    const { valueSets } = resolveValueSets([set, b, c].map((each) => readValueSet(each, 'test.json')));
    const codes = valueSets.find(({ canonical }) => canonical === url('a'))?.codes;
    expect([...(codes ?? [])].sort()).toEqual([`${system}|2`, `${system}|9`, 'urn:other|2']);
  });

  it('takes the highest version of an unversioned reference, and the named one of a versioned', () => {
    const b = (version: string, code: string) =>
      valueSet('b', { version, expansion: { timestamp: '2026', contains: contains(code) } });
    const set = (reference: string) => valueSet('a', { compose: { include: [{ valueSet: [reference] }] } });
    expect(resolve([b('1.9', 'old'), b('1.10', 'new'), set(url('b'))]).a).toBe('new');
    expect(resolve([b('1.9', 'old'), b('1.10', 'new'), set(`${url('b')}|1.9`)]).a).toBe('old');
  });

  it('uses what is known from before', () => {
    const set = valueSet('a', { compose: { include: [{ valueSet: [url('b')] }] } });
    const known = (reference: string) => (reference === url('b') ? new Set([`${system}|5`]) : undefined);
    expect(resolve([set], { known })).toEqual({ a: '5' });
  });

  it('names the whole way of a cycle', () => {
    const refer = (from: string, to: string) =>
      valueSet(from, { compose: { include: [{ valueSet: [url(to)] }] } });
    expect(resolve([refer('a', 'b'), refer('b', 'a')]).a).toContain(
      `${url('a')} → ${url('b')} → ${url('a')}`,
    );
  });
});

it('a value set without url names itself and its file', () => {
  expect(() => readValueSet({ resourceType: 'ValueSet', status: 'active', id: 'x' }, 'dir/x.json')).toThrow(
    'the value set x has no url (file dir/x.json)',
  );
});
