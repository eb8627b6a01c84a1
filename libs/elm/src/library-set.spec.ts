import { readLibraries } from './library-set';
import type { ElmLibrary, IncludeDef } from './types';

function library(id: string, version: string | undefined, includes: IncludeDef[] = []): ElmLibrary {
  return { identifier: { id, version }, includes: { def: includes }, statements: { def: [{ name: 'X' }] } };
}

const include = (path: string, version?: string): IncludeDef => ({ localIdentifier: 'I', path, version });

describe('readLibraries', () => {
  it('resolves includes by the last part of their path and their version', () => {
    const main = library('Main', '1', [include('http://hl7.org/fhir/uv/cql/Common', '2')]);
    const read = readLibraries('Main', [library('Common', '1'), library('Common', '2'), main], '1');
    expect(read.includes.get('I')).toMatchObject({ id: 'Common', version: '2' });
  });

  it.each<[string, ElmLibrary[], string]>([
    ['the main library', [], 'library Main is missing (library Main)'],
    [
      'an include',
      [library('Main', '1', [include('Common', '3')]), library('Common', '2')],
      'library Common version 3 is missing; the package has 2 (library Main)',
    ],
  ])('names %s that is missing', (_, sources, message) => {
    expect(() => readLibraries('Main', sources)).toThrow(message);
  });

  it('names the way of a cyclic include', () => {
    const sources = [library('Main', '1', [include('B', '1')]), library('B', '1', [include('Main', '1')])];
    expect(() => readLibraries('Main', sources)).toThrow('cyclic include: Main|1 → B|1 → Main|1');
  });

  it('refuses translator errors anywhere, with define and place', () => {
    const broken: ElmLibrary = {
      ...library('Common', '1'),
      annotation: [
        {
          type: 'CqlToElmError',
          errorSeverity: 'error',
          message: 'Could not resolve',
          startLine: 7,
          startChar: 3,
          endLine: 7,
          endChar: 9,
        },
      ],
      statements: {
        def: [
          { name: 'First', locator: '1:1-5:10' },
          { name: 'Second', locator: '6:1-8:4' },
        ],
      },
    };
    const main = library('Main', '1', [include('Common', '1')]);
    expect(() => readLibraries('Main', [main, broken])).toThrow(
      'translator errors: Could not resolve (library Common, define "Second", at 7:3-7:9)',
    );
  });
});
