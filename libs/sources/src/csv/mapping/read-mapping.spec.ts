import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';
import { mappingOf } from '../extract.fixture';
import { MappingFault, readMapping } from './read-mapping';

function faults(text: string): readonly string[] {
  try {
    readMapping(text, 'mapping.yaml');
    return [];
  } catch (error) {
    if (error instanceof MappingFault) return error.faults;
    throw error;
  }
}

describe('a mapping', () => {
  it('is YAML or JSON', () => {
    const yaml = readMapping(mappingOf(), 'mapping.yaml');
    expect(readMapping(JSON.stringify(yaml), 'mapping.json')).toEqual(yaml);
  });

  it('of the example can be used', () => {
    const text = readFileSync(join(projectRoot(), 'docs/examples/csv-extract/mapping.yaml'), 'utf8');
    expect(faults(text)).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['no YAML', 'version: [1', /neither YAML nor JSON/],
    ['a key twice', 'version: 1\nversion: 1', /neither YAML nor JSON: Map keys must be unique/],
    ['another version', mappingOf().replace('version: 1', 'version: 2'), /^version \(line 1\): must be 1/],
    [
      'a zone that is none',
      mappingOf().replace('America/Chicago', 'Mars'),
      /^timeZone \(line 2\): is no time zone/,
    ],
    ['an unknown key', mappingOf({ whole: 'seperator: ";"' }), /Unrecognized key: "seperator"/],
    ['an encoding that is none', mappingOf({ whole: 'encoding: ansi' }), /^encoding \(line 3\): .*"utf-8"/],
    [
      'a table of no kind',
      mappingOf().replace('  diagnoses:', '  problems:'),
      /^tables\.problems \(line \d+\): is no kind of table; write kind: with one of .*diagnoses/,
    ],
    [
      'an element that is none',
      mappingOf().replace('birthDate: BORN', 'born: BORN'),
      /tables\.patients\.columns\.born \(line \d+\): is no element of patients; there are .*birthDate/,
    ],
    ['an element too few', mappingOf().replace('birthDate: BORN', 'city: BORN'), /birthDate is missing/],
    [
      'a code that is none',
      mappingOf().replace('F: female', 'F: woman'),
      /"woman" is not among male, female/,
    ],
    [
      'a code system that is none',
      mappingOf().replace('icd-10-cm', 'icd10'),
      /"icd10" is no code system: one of icd-10-cm/,
    ],
    [
      'a reference to nothing',
      mappingOf().replace('kind: patients', '').replace('patient: ID', 'patient: [ID, NAME]'),
      /needs 1 columns, like the key of the table patients: ID/,
    ],
    ['years of two digits', mappingOf({ whole: 'dateFormats: [MM/dd/yy]' }), /two digits/],
    [
      'hours to 12 without a half',
      mappingOf({ whole: 'dateFormats: ["MM/dd/yyyy hh:mm"]' }),
      /without a: write HH/,
    ],
    [
      'two ways to fill an element',
      mappingOf().replace('familyName: NAME', 'familyName: { column: NAME, value: x }'),
      /exactly one of column, columns and value/,
    ],
    ['a share that is none', mappingOf({ whole: 'largestShrink: 20' }), /^largestShrink \(line 3\)/],
    ['a bomb of aliases', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]', /alias/i],
  ])('with %s is refused, by its key', (_what, text, complaint) => {
    expect(faults(text).join('\n')).toMatch(complaint);
  });
});
