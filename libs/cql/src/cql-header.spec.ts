import { countDefines, defineAt, readCqlHeader, withoutNamespaces } from './cql-header';

describe('readCqlHeader', () => {
  it.each([
    [`library A`, { id: 'A' }],
    [`library A version '1.2'`, { id: 'A', version: '1.2' }],
    [`library "A b" version '1'`, { id: 'A b', version: '1' }],
    [`library hl7.fhir.us.A version '1'`, { id: 'A', version: '1' }],
    [
      `/* library Comment version '9'\nlibrary Other */\n// library Third\nlibrary A version '1'`,
      { id: 'A', version: '1' },
    ],
    [`define X: 1`, {}],
    [``, {}],
  ])('library line of %j', (text, expected) => {
    const { id, version } = readCqlHeader(text);
    expect({ id, version }).toEqual({ id: undefined, version: undefined, ...expected });
  });

  it('reads usings and includes before the first define', () => {
    const header = readCqlHeader(`
      library A version '1'
      using FHIR version '4.0.1'
      using USCore version '6.1.0' // include NotThis version '0'
      include FHIRHelpers version '4.4.000' called FHIRHelpers
      include hl7.fhir.us.Common called Common
      valueset "include Trap": 'urn:x'
      define X:
        'library text
include Nothing version ''1'''
    `);
    expect(header.usings).toEqual([
      { id: 'FHIR', version: '4.0.1' },
      { id: 'USCore', version: '6.1.0' },
    ]);
    expect(header.includes).toEqual([
      { id: 'FHIRHelpers', version: '4.4.000' },
      { id: 'Common', version: undefined },
    ]);
  });
});

it('blanks namespaces and keeps every position', () => {
  const text = `library hl7.us.A include hl7.uv."B b" version '1' called B using hl7.FHIR define hl7.X: 1`;
  const blank = withoutNamespaces(text);
  expect(blank).toBe(
    `library        A include        "B b" version '1' called B using hl7.FHIR define hl7.X: 1`,
  );
  expect(blank).toHaveLength(text.length);
});

describe('statements', () => {
  const text = `library A // define "Not": 1
define "First":
  'define X'
define fluent function second(a Integer):
  a /* define */ + 1`;

  it('are counted outside comments and texts', () => {
    expect(countDefines(text)).toBe(2);
  });

  it.each([
    [1, undefined],
    [2, 'First'],
    [3, 'First'],
    [4, 'second'],
    [5, 'second'],
  ])('line %d is in %s', (line, name) => {
    expect(defineAt(text, line)).toBe(name);
  });
});
