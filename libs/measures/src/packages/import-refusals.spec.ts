import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mainCql, measure, shared, valueSet } from './content.fixture';
import { ImportDesk, sharedTranslations } from './import-desk.fixture';

const translations = sharedTranslations();
let desk: ImportDesk;

beforeEach(async () => {
  desk = await ImportDesk.open(translations.folder);
});

afterEach(() => desk.close());
afterAll(translations.remove);

describe('nothing is imported when', () => {
  const files = (resources: Record<string, string>) =>
    Object.entries(resources).forEach(([path, text]) => desk.write(path, text));
  const json = JSON.stringify;

  it.each<[string, Record<string, string>, string]>([
    ['there is no measure', { 'x.json': json(valueSet()) }, 'there is no FHIR Measure (JSON) in content'],
    [
      'a file is no JSON',
      { 'm.json': json(measure()), 'x.json': '{' },
      'the file is no valid JSON (file x.json)',
    ],
    [
      'a CQL file has no library line',
      { 'm.json': json(measure()), 'x.cql': 'define X: 1' },
      'the CQL text has no library line (file x.cql)',
    ],
    [
      'an include is missing',
      { 'm.json': json(measure()), 'Main.cql': mainCql() },
      'Shared version 1.0.0 is missing, which library Main version 2.0.0 needs',
    ],
    [
      'an include is there in another version only',
      { 'm.json': json(measure()), 'Main.cql': mainCql('2.0.0', '0.9.0'), 'Shared.cql': shared },
      'Shared version 0.9.0 is missing (the content has 1.0.0), which library Main version 2.0.0 needs',
    ],
    [
      'the primary library is missing',
      { 'm.json': json(measure()) },
      'Main version 2.0.0 is missing, which the measure needs',
    ],
    [
      'includes go round',
      {
        'm.json': json(measure()),
        'Main.cql': mainCql(),
        'Shared.cql': `library Shared version '1.0.0' include Main version '2.0.0' define X: 1`,
      },
      'cyclic include: Main version 2.0.0 → Shared version 1.0.0 → Main version 2.0.0',
    ],
    [
      'the measure names no library',
      { 'm.json': json(measure({ library: undefined })) },
      'the measure names no library',
    ],
    [
      'the measure has no name at all',
      {
        'm.json': json(measure({ id: undefined, name: undefined })),
        'Main.cql': mainCql(),
        'Shared.cql': shared,
      },
      'the measure has neither id nor name',
    ],
  ])('%s', async (_, content, reason) => {
    files({ 'v.json': json(valueSet()), ...content });
    expect(await desk.refusal()).toContain(reason);
  });

  it('CQL has errors; library, define and place are named', async () => {
    files({
      'm.json': json(measure()),
      'Main.cql': mainCql().replace('"Always"', '"Never"'),
      'Shared.cql': shared,
      'v.json': json(valueSet()),
    });
    expect(await desk.refusal()).toMatch(
      /Main version 2\.0\.0: its CQL has errors: .*Never.* \(file Main\.cql, library Main, define "Initial Population", at 5:\d+-5:\d+\)/,
    );
  });

  it('it is interrupted', async () => {
    files({ 'm.json': json(measure()), 'Main.cql': mainCql(), 'Shared.cql': shared });
    const abort = new AbortController();
    const work = desk.load({ signal: abort.signal });
    abort.abort();
    await expect(work).rejects.toThrow(/abort/i);
    expect(existsSync(join(desk.dataDir, 'packages', 'EXAMPLE'))).toBe(false);
  });
});
