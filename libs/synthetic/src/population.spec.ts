import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findElement } from '@catchment/fhir';
import { Diagnostic } from '@catchment/platform';
import {
  fileHashes,
  patientOf,
  readPopulation,
  visitLeaves,
  visitObjectsWith,
  type Json,
  type Resource,
} from '../testing/read-population';
import { generatePopulation } from './population';

const asOf = '2026-11-01';
const patients = 250;
let root: string;
let resources: Resource[];

/** What lies in the future on the day the data are of: plans, not records. */
const planned =
  /^Appointment\.(start|end)$|Period\.end$|^Goal\.target\.dueDate$|^Coverage\.period\.end$|^MedicationRequest\./;
const dateLike = /^(\d{4})(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2})?)?)?$/;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'catchment-synthetic-'));
  await generatePopulation({ patients, seed: 7, outDir: join(root, 'population') });
  resources = readPopulation(join(root, 'population'));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const generate = async (name: string, options: { patients: number; seed: number }): Promise<string> => {
  const outDir = join(root, name);
  await generatePopulation({ ...options, outDir });
  return outDir;
};

describe('same seed, same bytes', () => {
  it('two runs write the same files', async () => {
    const again = await generate('again', { patients, seed: 7 });
    expect(fileHashes(again)).toEqual(fileHashes(join(root, 'population')));
  });

  it('another seed writes other people', async () => {
    const other = await generate('other', { patients: 20, seed: 8 });
    const ids = new Set(resources.map((resource) => resource.id));
    const shared = readPopulation(other).filter(
      (resource) => resource.resourceType === 'Patient' && ids.has(resource.id),
    );
    expect(shared).toEqual([]);
  });

  it('a person is the same in a larger population', async () => {
    const fewer = await generate('fewer', { patients: 60, seed: 7 });
    for (const name of readdirSync(fewer)) {
      const all = readFileSync(join(root, 'population', name), 'utf8');
      expect(all.startsWith(readFileSync(join(fewer, name), 'utf8'))).toBe(true);
    }
  });
});

describe('the resources', () => {
  it('are wide: at least 55 a patient, of at least 15 types, most types for many patients', () => {
    const people = new Map<string, Set<string>>();
    for (const resource of resources) {
      const patient = patientOf(resource);
      const holders = people.get(resource.resourceType) ?? new Set();
      if (patient !== undefined) holders.add(patient);
      people.set(resource.resourceType, holders);
    }
    const common = [...people].filter(([, holders]) => holders.size >= patients * 0.1);
    expect(resources.length / patients).toBeGreaterThanOrEqual(55);
    expect(people.size).toBeGreaterThanOrEqual(15);
    expect(common.length).toBeGreaterThanOrEqual(12);
    expect(people.get('Patient')?.size).toBe(patients);
  });

  it('have ids that are unique in their type, and a profile', () => {
    const keys = resources.map((resource) => `${resource.resourceType}/${resource.id}`);
    expect(new Set(keys).size).toBe(keys.length);
    const withoutProfile = resources.filter(({ meta }) => !JSON.stringify(meta).includes('"profile":["http'));
    expect(withoutProfile).toEqual([]);
  });

  it('refer to resources that exist, and of people only to those of the same person', () => {
    const owner = new Map(
      resources.map((resource) => [`${resource.resourceType}/${resource.id}`, patientOf(resource)]),
    );
    const wrong: string[] = [];
    for (const resource of resources) {
      visitLeaves(resource, resource.resourceType, (leaf, path) => {
        if (!path.endsWith('.reference') || typeof leaf !== 'string') return;
        const other = owner.get(leaf);
        const foreign = other !== undefined && other !== patientOf(resource);
        if (!owner.has(leaf) || foreign) wrong.push(`${path} of ${resource.id}: ${leaf}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  it('have elements of R4 only, lists where R4 has lists', () => {
    const wrong = new Set<string>();
    for (const resource of resources) checkElements(resource, resource.resourceType, wrong);
    expect([...wrong]).toEqual([]);
  });
});

describe('the dates', () => {
  it('are neither before birth nor, unless planned, after the day the data are of or after death', () => {
    const lives = new Map(
      resources
        .filter(({ resourceType }) => resourceType === 'Patient')
        .map((patient) => [
          patient.id,
          { birth: text(patient.birthDate), end: (text(patient.deceasedDateTime) || asOf).slice(0, 10) },
        ]),
    );
    const wrong: string[] = [];
    let dates = 0;
    for (const resource of resources) {
      const life = lives.get(patientOf(resource) ?? '');
      visitLeaves(resource, resource.resourceType, (leaf, path) => {
        if (typeof leaf !== 'string' || !/(date|time|on|start|end|issued|sent|created|when\w+)$/i.test(path))
          return;
        if (!dateLike.test(leaf)) return;
        dates++;
        const day = leaf.slice(0, 10);
        const early = life !== undefined && day < life.birth.slice(0, day.length);
        if (early || (day > (life?.end ?? asOf) && !planned.test(path)))
          wrong.push(`${path} of ${resource.id}: ${leaf}`);
      });
    }
    expect(wrong).toEqual([]);
    expect(dates).toBeGreaterThan(resources.length);
  });

  it('carry the offset of US Eastern time, in summer and in winter', () => {
    const offsets = new Set<string>();
    for (const resource of resources) {
      visitLeaves(resource, resource.resourceType, (leaf) => {
        const found = typeof leaf === 'string' && /^\d{4}-(\d{2})-\d{2}T.{8}(.*)$/.exec(leaf);
        if (found && ['01', '07'].includes(found[1] ?? '')) offsets.add(`${found[1]} ${found[2]}`);
      });
    }
    expect([...offsets].sort()).toEqual(['01 -05:00', '07 -04:00']);
  });

  it('are of every precision that sources have', () => {
    const lengths = new Set<number>();
    for (const resource of resources) {
      if (resource.resourceType === 'Condition') lengths.add(text(resource.onsetDateTime).length);
    }
    // absent, year, month, day, minute with offset
    expect([...lengths].sort((left, right) => left - right)).toEqual([0, 4, 7, 10, 25]);
  });
});

describe('the codes', () => {
  it('stand beside local ones, not always; none is of CPT or CDT', () => {
    let several = 0;
    let single = 0;
    const systems = new Set<string>();
    const wrong = new Set<string>();
    for (const resource of resources) {
      visitObjectsWith(resource, 'coding', ({ coding }) => {
        const codings = coding as { system: string; code: string }[];
        if (codings.length > 1) several++;
        else single++;
        for (const { system, code } of codings) {
          systems.add(system);
          // CDT codes are HCPCS codes that begin with D; a local code must not look like one of CPT.
          if (system.includes('HCPCS') && code.startsWith('D')) wrong.add(code);
          if (system.startsWith('https://ehr.example.org/') && /^\d{4}[\dFTU]$/.test(code)) wrong.add(code);
        }
      });
    }
    expect([...wrong]).toEqual([]);
    expect([...systems].filter((system) => /cpt|ama-assn|ada\.org|cdt/i.test(system))).toEqual([]);
    expect([...systems].filter((system) => system.startsWith('https://ehr.example.org/')).length).toBe(9);
    expect(several).toBeGreaterThan(resources.length * 0.2);
    expect(single).toBeGreaterThan(resources.length * 0.2);
  });
});

describe('the folder', () => {
  it('is refused when it has NDJSON files, and left as it was', async () => {
    const folder = join(root, 'taken');
    mkdirSync(folder);
    writeFileSync(join(folder, 'Patient.ndjson'), '{}\n');
    await expect(generatePopulation({ patients: 1, seed: 1, outDir: folder })).rejects.toThrow(Diagnostic);
    expect(readFileSync(join(folder, 'Patient.ndjson'), 'utf8')).toBe('{}\n');
  });

  it('has nothing when generating was interrupted', async () => {
    const folder = join(root, 'interrupted');
    const interruption = new AbortController();
    const running = generatePopulation({
      patients: 1000,
      seed: 1,
      outDir: folder,
      signal: interruption.signal,
      onProgress: () => interruption.abort(),
    });
    await expect(running).rejects.toThrow(/aborted/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has several files of a type when a size is given, the same lines in all', async () => {
    const folder = join(root, 'split');
    const { resources: counts } = await generatePopulation({
      patients,
      seed: 7,
      outDir: folder,
      maxFileBytes: 3_000_000,
    });
    const names = readdirSync(folder).filter((name) => name.startsWith('Observation.'));
    expect(names.length).toBeGreaterThan(1);
    const lines = names
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
    expect(lines).toBe(readFileSync(join(root, 'population', 'Observation.ndjson'), 'utf8'));
    expect(counts.Observation).toBe(lines.trimEnd().split('\n').length);
  });
});

it.each([
  [{ patients: 0 }, /whole number from 1/],
  [{ patients: 1.5 }, /whole number from 1/],
  [{ patients: 1, asOf: '2026-13-01' }, /not a date/],
  [{ patients: 1, asOf: '2027-01-01' }, /must not be after/],
])('refuses %j', async (options, message) => {
  const outDir = join(root, 'refused');
  await expect(generatePopulation({ seed: 1, outDir, ...options })).rejects.toThrow(message);
});

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Adds what R4 does not have to `wrong`: `Type.element`. */
function checkElements(value: Json, type: string, wrong: Set<string>): void {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === 'resourceType') continue;
    const found = elementType(type, name);
    if (!found || found.list !== Array.isArray(member)) {
      wrong.add(`${type}.${name}`);
      continue;
    }
    for (const item of Array.isArray(member) ? member : [member]) checkElements(item, found.type, wrong);
  }
}

/** The element that a JSON property is; of a choice, the alternative that its name ends with. */
function elementType(type: string, property: string): { type: string; list: boolean } | undefined {
  const plain = findElement(type, property);
  if (plain && !plain.choice) return { type: plain.types[0] ?? '', list: plain.list };
  for (let at = 1; at < property.length; at++) {
    const choice = findElement(type, property.slice(0, at));
    const wanted = property.slice(at).toLowerCase();
    const chosen = choice?.types.find((each) => each.replace('SimpleQ', 'Q').toLowerCase() === wanted);
    if (choice && chosen !== undefined) return { type: chosen, list: choice.list };
  }
  return undefined;
}
