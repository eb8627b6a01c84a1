import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../main';

const valueSet = {
  resourceType: 'ValueSet',
  url: 'http://example.org/ValueSet/visits',
  version: '1',
  title: 'Visits',
  status: 'active',
  expansion: { timestamp: '2026', contains: [{ system: 'http://snomed.info/sct', code: '308335008' }] },
};
const cut = {
  ...valueSet,
  url: 'http://example.org/ValueSet/cut',
  title: 'Cut',
  expansion: { ...valueSet.expansion, total: 9 },
};
const measure = {
  resourceType: 'Measure',
  id: 'EXAMPLE',
  title: 'An example',
  version: '1.0.0',
  status: 'active',
  library: ['http://example.org/Library/Main'],
};
const broken = { ...measure, id: 'BROKEN', library: ['http://example.org/Library/None'] };

let folder: string;
let output: string;
let errors: string;
const settings = process.env.DATA_DIR;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
  process.env.DATA_DIR = join(folder, 'data');
  output = '';
  errors = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((output += String(text))));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((errors += String(text))));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.env.DATA_DIR = settings;
  process.exitCode = undefined;
});

/** Writes the resources and the library `Main` into a folder and runs a command on it; gives the exit code. */
async function run(command: string, resources: object[], ...options: string[]): Promise<number> {
  resources.forEach((resource, at) => writeFileSync(join(folder, `${at}.json`), JSON.stringify(resource)));
  writeFileSync(join(folder, 'Main.cql'), `library Main version '1.0.0'\ndefine "Initial Population": true`);
  return catchment(...command.split(' '), folder, ...options);
}

async function catchment(...words: string[]): Promise<number> {
  output = '';
  process.exitCode = undefined;
  const code = await main(['node', 'catchment', ...words]);
  process.exitCode = undefined;
  return code;
}

it('imports and lists measures', async () => {
  expect(await run('measures import', [measure, valueSet])).toBe(0);
  expect(output).toContain(
    'EXAMPLE  1.0.0            1           1  An example\n1 measures imported\n1 value sets with 1 codes',
  );
  await catchment('measures', 'list', '--json');
  expect(JSON.parse(output)).toContainEqual(
    expect.objectContaining({ measureId: 'EXAMPLE', version: '1.0.0', current: true, origin: 'imported' }),
  );
});

it('lists the starter measures in a new data folder', async () => {
  expect(await catchment('measures', 'list', '--json')).toBe(0);
  const listed = JSON.parse(output) as { origin: string }[];
  expect(listed.map(({ origin }) => origin)).toEqual(Array<string>(10).fill('starter'));
});

it('exits with 1 when one of the measures is not imported', async () => {
  expect(await run('measures import', [measure, broken], '--json')).toBe(1);
  expect(JSON.parse(output)).toMatchObject({
    imported: [{ measureId: 'EXAMPLE' }],
    failed: [{ measure: 'BROKEN' }],
  });
});

it('exits with 1 and says why when none is', async () => {
  expect(await run('measures import', [broken])).toBe(1);
  expect(output).toBe('');
  expect(errors).toBe(
    'catchment: measure BROKEN is not imported: None is missing, which the measure needs\n',
  );
});

it('imports and lists value sets', async () => {
  expect(await run('valuesets import', [valueSet])).toBe(0);
  expect(output).toBe('1 value sets with 1 codes imported\n');
  await catchment('valuesets', 'list');
  expect(output).toContain(
    '    1  current  imported  1                   http://example.org/ValueSet/visits  Visits\n',
  );
});

it('exits with 1 when a value set is refused, unless it is accepted as it is', async () => {
  expect(await run('valuesets import', [valueSet, cut])).toBe(1);
  expect(output).toContain(
    'refused: "Cut" http://example.org/ValueSet/cut|1: its expansion holds 1 of 9 codes',
  );
  expect(await run('valuesets import', [valueSet, cut], '--accept-truncated')).toBe(0);
  expect(output).toContain('incomplete, as accepted: http://example.org/ValueSet/cut');
});
