import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Library, ValueSet } from 'fhir/r4';
import type { CodeSet } from '@catchment/cql';
import { Database, loadFixture, prepareWarehouse } from '@catchment/warehouse';
import * as binding from './bind-code-sets';
import { importValueSets, type ImportOptions } from './import-value-sets';
import { listValueSets, missingValueSets } from './list-value-sets';

const snomed = 'http://snomed.info/sct';
const canonical = 'http://example.org/ValueSet/a';

let database: Database;
let folder: string;

beforeEach(async () => {
  database = await Database.open(':memory:');
  await prepareWarehouse(database.main);
  folder = mkdtempSync(join(tmpdir(), 'terminology-'));
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

async function load(content: object | object[], options?: ImportOptions) {
  const entry = [content].flat().map((resource) => ({ resource }));
  writeFileSync(
    join(folder, 'bundle.json'),
    JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }),
  );
  return importValueSets(database.main, [folder], options);
}

function valueSet(version: string, codes: string[], url = canonical, system = snomed): ValueSet {
  const contains = codes.map((code) => ({ system, code }));
  return {
    resourceType: 'ValueSet',
    status: 'active',
    url,
    version,
    expansion: { timestamp: '2026', contains },
  };
}

function manifest(id: string, ...pinned: string[]): Library {
  const relatedArtifact = pinned.map((resource) => ({ type: 'depends-on' as const, resource }));
  return {
    resourceType: 'Library',
    id,
    status: 'active',
    type: { coding: [{ code: 'asset-collection' }] },
    relatedArtifact,
  };
}

/** Binds sets that are numbered by their position. */
const bindCodeSets = (connection: Database['main'], sets: CodeSet[]) =>
  binding.bindCodeSets(
    connection,
    sets.map((set, setId) => ({ ...set, setId })),
  );

const reference = (version?: string, of = canonical): CodeSet => ({
  kind: 'valueSet',
  canonical: of,
  version,
  name: 'A',
});

/** Observations, each with the codings of `code`; the first also has a category of every concept. */
async function loadConcepts(...concepts: { system: string; code: string }[][]) {
  const resources = concepts.map((coding, index) => ({
    resourceType: 'Observation',
    id: `o${index}`,
    subject: { reference: 'Patient/p' },
    code: { coding },
    category: index === 0 ? concepts.map((each) => ({ coding: each })) : undefined,
  }));
  await loadFixture(database.main, [{ resourceType: 'Patient', id: 'p' }, ...resources], {
    Observation: { code: {}, category: {} },
  });
}

/** Ids of the observations whose code is in a set; `category` is the number of those whose category list is. */
async function members(setId: number) {
  const rows = await database.main.rows<{ id: string }>(
    `select id from fhir."Observation" where code in (select key from temp.code_set_member where set_id = ${setId}) order by id`,
  );
  const lists = await database.main.rows(
    `select id from fhir."Observation" where category in (select key from temp.code_set_list_member where set_id = ${setId})`,
  );
  return { code: rows.map(({ id }) => id), category: lists.length };
}

describe('bindCodeSets', () => {
  it('finds concepts with a coding in the set, by exact system and code, and lists of them', async () => {
    await load([valueSet('1', ['1', '2'])]);
    await loadConcepts(
      [{ system: snomed, code: '1' }],
      [
        { system: 'urn:local', code: 'x' },
        { system: snomed, code: '2' },
      ],
      [{ system: 'urn:oid:2.16.840.1.113883.6.96', code: '1' }],
      [{ system: snomed, code: '10' }],
    );
    const codes: CodeSet = {
      kind: 'codes',
      codes: [
        { system: snomed, code: '10' },
        { system: 'urn:local', code: 'x' },
      ],
      name: 'C',
    };
    const bound = await bindCodeSets(database.main, [codes, reference()]);
    expect(await members(1)).toEqual({ code: ['o0', 'o1'], category: 1 });
    expect(await members(0)).toEqual({ code: ['o1', 'o3'], category: 1 });
    expect(bound).toEqual([{ setId: 1, canonical, version: '1', title: null, origin: 'imported', codes: 2 }]);
  });

  it('knows the codes of a set without their systems', async () => {
    await load([valueSet('1', ['1', '2'])]);
    await bindCodeSets(database.main, [reference()]);
    const rows = await database.main.rows('select set_id, key from temp.code_set_text order by key');
    expect(rows).toEqual([
      { set_id: 0, key: '1' },
      { set_id: 0, key: '2' },
    ]);
  });

  it('follows data and value sets that come later', async () => {
    await load([valueSet('1', ['1'])]);
    await loadConcepts([{ system: snomed, code: '1' }]);
    await bindCodeSets(database.main, [reference()]);
    await loadConcepts([{ system: snomed, code: '1' }], [{ system: snomed, code: '2' }]);
    await bindCodeSets(database.main, [reference()]);
    expect((await members(0)).code).toEqual(['o0', 'o0']);
    await load([valueSet('1', ['2'])]);
    await bindCodeSets(database.main, [reference()]);
    expect((await members(0)).code).toEqual(['o1']);
  });

  it('binds no code sets at all', async () => {
    expect(await bindCodeSets(database.main, [])).toEqual([]);
    const rows = await database.main.rows(
      'select set_id from temp.code_set_member union all select set_id from temp.code_set_list_member',
    );
    expect(rows).toEqual([]);
  });

  it('names every value set that is not there, with what is known of it', async () => {
    await load([
      valueSet('1', ['1']),
      {
        ...valueSet('7', ['1'], 'http://example.org/ValueSet/cut'),
        expansion: { timestamp: '2026', total: 5000, contains: [{ system: snomed, code: '1' }] },
      },
    ]);
    const sets = [
      reference('2'),
      reference(undefined, 'http://example.org/ValueSet/none'),
      reference(undefined, 'http://example.org/ValueSet/cut'),
    ];
    const failure = await bindCodeSets(database.main, sets).catch((error: Error) => error);
    expect(failure).toMatchObject({ name: 'Diagnostic' });
    const message = (failure as Error).message;
    expect(message).toMatch(/^3 value sets are not resolved/);
    expect(message).toContain('"A" http://example.org/ValueSet/a|2 (there is 1)');
    expect(message).toContain('"A" http://example.org/ValueSet/none;');
    expect(message).toContain('/cut (it was refused: its expansion holds 1 of 5000 codes');
  });
});

describe('which expansion a reference means', () => {
  const boundVersion = async (of: CodeSet = reference()) => {
    const [bound] = await bindCodeSets(database.main, [of]);
    return `${bound?.version} ${bound?.origin}`;
  };

  it('imported before starter, then the highest version', async () => {
    await load([valueSet('9', ['1'])], { origin: 'starter' });
    expect(await boundVersion()).toBe('9 starter');
    await load([valueSet('2', ['1'])]);
    expect(await boundVersion()).toBe('2 imported');
    await load([valueSet('10', ['1'])]);
    expect(await boundVersion()).toBe('10 imported');
    expect(await boundVersion(reference('2'))).toBe('2 imported');
    expect(await boundVersion(reference('9'))).toBe('9 starter');
  });

  it('the version that a manifest pins, and no other', async () => {
    await load([valueSet('1', ['1']), valueSet('2', ['1']), manifest('m', `${canonical}|1`)]);
    expect(await boundVersion()).toBe('1 imported');
    await load([manifest('n', `${canonical}|3`)]);
    await expect(boundVersion()).rejects.toThrow('manifest n pins version 3; there is 1, 2');
    expect(await missingValueSets(database.main, [canonical])).toEqual([canonical]);
    await load([valueSet('3', ['1'])]);
    expect(await boundVersion()).toBe('3 imported');
  });

  it('asks which of several manifests holds', async () => {
    const content = [
      valueSet('1', ['1']),
      valueSet('2', ['1']),
      manifest('draft', `${canonical}|1`),
      manifest('final', `${canonical}|2`),
    ];
    const report = await load(content);
    expect(report.notes).toEqual(['no versions are pinned: choose one of the manifests draft, final']);
    await load(content, { manifest: 'draft' });
    expect(await boundVersion()).toBe('1 imported');
    await expect(load(content, { manifest: 'other' })).rejects.toThrow(
      'there is no manifest other; the content has draft, final',
    );
  });

  it('refuses a manifest that contradicts itself', async () => {
    await expect(load([manifest('m', `${canonical}|1`, `${canonical}|2`)])).rejects.toThrow(
      `pins ${canonical} to 1 and to 2 (file bundle.json)`,
    );
  });
});

describe('import', () => {
  it('replaces a version, keeps others, and lists all of them', async () => {
    await load([valueSet('1', ['1', '2']), valueSet('2', ['1'])]);
    const report = await load([valueSet('1', ['3'])]);
    expect(report).toMatchObject({ imported: 1, codes: 1, refused: [] });
    expect(await listValueSets(database.main)).toMatchObject([
      { version: '1', codes: 1, current: false, origin: 'imported' },
      { version: '2', codes: 1, current: true, origin: 'imported' },
    ]);
  });

  it('completes from value sets that an earlier import brought', async () => {
    await load([valueSet('1', ['1', '2'], 'http://example.org/ValueSet/b')]);
    const compose = { include: [{ valueSet: ['http://example.org/ValueSet/b'] }] };
    const report = await load([{ resourceType: 'ValueSet', status: 'active', url: canonical, compose }]);
    expect(report).toMatchObject({ imported: 1, codes: 2, completed: [canonical] });
  });

  it('changes nothing when a file is damaged', async () => {
    await load([valueSet('1', ['1'])]);
    writeFileSync(join(folder, 'z.json'), '{"resourceType": "ValueSet"');
    await expect(load([valueSet('2', ['1'])])).rejects.toThrow('the file is no valid JSON (file z.json)');
    expect(await listValueSets(database.main)).toHaveLength(1);
  });

  it('says when there is nothing to import', async () => {
    await expect(load({ resourceType: 'Patient' })).rejects.toThrow('there is no FHIR ValueSet (JSON) in');
    await expect(importValueSets(database.main, [join(folder, 'none')])).rejects.toThrow(
      'there is no file or folder',
    );
  });
});
