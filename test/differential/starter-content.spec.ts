import type { ElmLibrary } from '@catchment/elm';
import type { Measure } from 'fhir/r4';
import { expectedPopulations, primaryLibrary } from './case-engine';
import { readCases, readCql, readElm, readMeasures, readReadme, readValueSets } from './starter-content';

const measures = readMeasures();
const valueSets = readValueSets();
const caseFiles = readCases();
let libraries: Map<string, ElmLibrary>;

beforeAll(async () => {
  libraries = new Map((await readElm()).map((library) => [library.identifier.id, library]));
});

const duplicates = (values: readonly string[]) => values.filter((value, at) => values.indexOf(value) !== at);
const codeOf = (concept: { coding?: { code?: string }[] } | undefined) => concept?.coding?.[0]?.code;

describe.each(measures.map((measure) => [measure.id ?? '(no id)', measure] as const))('%s', (id, measure) => {
  const groups = measure.group ?? [];
  const populations = groups.flatMap((group) => group.population ?? []);

  function library(): ElmLibrary {
    const { name } = primaryLibrary(measure);
    const found = libraries.get(name);
    if (!found) throw new Error(`${id} names ${name}, and there is no such CQL library`);
    return found;
  }
  const defines = () => (library().statements?.def ?? []).filter(({ type }) => type !== 'FunctionDef');

  it('has a canonical of its own and the library of its name and version', () => {
    expect(measure.url).toBe(`https://catchment.example/Measure/${id}`);
    expect(measure.name).toBe(library().identifier.id);
    expect(measure.library).toEqual([
      `https://catchment.example/Library/${measure.name}|${library().identifier.version}`,
    ]);
  });

  it('says what a reader has to know: scoring, direction, guideline, copyright, disclaimer', () => {
    expect(codeOf(measure.scoring)).toBe('proportion');
    expect(['increase', 'decrease']).toContain(codeOf(measure.improvementNotation));
    const citations = (measure.relatedArtifact ?? []).filter(({ type }) => type === 'citation');
    expect(citations.length).toBeGreaterThan(0);
    for (const { citation, url } of citations)
      expect([citation, url]).toEqual([expect.any(String), expect.any(String)]);
    expect(measure.clinicalRecommendationStatement).toBeTruthy();
    expect(measure.copyright).toContain('starter subsets');
    expect(measure.disclaimer).toBeTruthy();
  });

  it('uses every population define of its CQL, and no other', () => {
    const isPopulation = /^(Initial Population|Denominator|Numerator)/;
    const defined = defines().map(({ name }) => name);
    const used = populations.map(({ criteria }) => criteria.expression ?? '');
    expect([...new Set(used)].sort()).toEqual(defined.filter((name) => isPopulation.test(name)).sort());
  });

  it('names only defines that exist in strata and supplemental data', () => {
    const criteria = [
      ...groups.flatMap(({ stratifier = [] }) => stratifier.map((stratum) => stratum.criteria?.expression)),
      ...(measure.supplementalData ?? []).map((data) => data.criteria.expression),
    ];
    expect(defines().map(({ name }) => name)).toEqual(expect.arrayContaining(criteria));
  });

  it('has each population once per group, with ids that occur once', () => {
    const ids = groups.flatMap(({ id: group, population = [], stratifier = [] }) => [
      group ?? '',
      ...[...population, ...stratifier].map((part) => part.id ?? ''),
    ]);
    expect(duplicates(ids)).toEqual([]);
    expect(ids).not.toContain('');
    for (const { population = [] } of groups) {
      expect(duplicates(population.map(({ code }) => codeOf(code) ?? ''))).toEqual([]);
    }
  });

  it('has a file of cases', () => {
    expect(caseFiles.map((file) => file.measure)).toContain(id);
  });
});

describe('measures', () => {
  it('are ten, each with an id of its own', () => {
    expect(measures).toHaveLength(10);
    expect(duplicates(measures.map(({ id }) => id ?? ''))).toEqual([]);
  });

  it('stand in the README with title, guideline and value sets', () => {
    const rows = readReadme()
      .split('\n')
      .filter((line) => line.startsWith('| `CAT-'))
      .map((line) => line.replace(/ +/g, ' '));
    expect(rows).toHaveLength(measures.length);
    for (const { id, title, name, relatedArtifact = [] } of measures) {
      const row =
        rows.find((line) => line.startsWith(`| \`${id}\` ${title} |`)) ?? `no row for ${id} ${title}`;
      for (const { url } of relatedArtifact) expect(row).toContain(`](${url})`);
      const named = libraries.get(name ?? '')?.valueSets?.def ?? [];
      expect(row).toContain(`| ${named.map((valueSet) => valueSet.name).join('; ')} |`);
    }
  });

  it('do not use the words of others', () => {
    const everything = [...readCql(), JSON.stringify(measures), JSON.stringify(valueSets)].join('\n');
    expect(everything).not.toMatch(/\bHEDIS\b|\bcertified\b|CMS-approved|American Medical Association/i);
  });
});

describe('value sets', () => {
  const named = () => [...libraries.values()].flatMap((library) => library.valueSets?.def ?? []);

  it('are exactly those that the CQL names', () => {
    const canonicals = valueSets.map(({ url }) => url ?? '').sort();
    expect(duplicates(canonicals)).toEqual([]);
    expect(canonicals).toEqual([...new Set(named().map(({ id }) => id))].sort());
  });

  it.each(valueSets.map((valueSet) => [valueSet.id, valueSet] as const))(
    '%s is a complete starter subset',
    (_, valueSet) => {
      const codes = (valueSet.expansion?.contains ?? []).map(({ system, code }) => `${system}|${code}`);
      expect(valueSet.title).toMatch(/ \(starter subset\)$/);
      expect(codes.length).toBeGreaterThan(0);
      expect(valueSet.expansion?.total).toBe(codes.length);
      expect(duplicates(codes)).toEqual([]);
    },
  );

  /** What the repository may hold; CPT and CDT are somebody else's, and HCPCS level II has no five-digit codes. */
  const shape: Record<string, RegExp> = {
    'http://hl7.org/fhir/sid/cvx': /^\d{2,3}$/,
    'http://hl7.org/fhir/sid/icd-10-cm': /^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/,
    'http://loinc.org': /^(LA)?\d+-\d$/,
    'http://snomed.info/sct': /^\d{6,18}$/,
    'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets': /^[A-CE-V]\d{4}$/,
    'http://www.nlm.nih.gov/research/umls/rxnorm': /^\d+$/,
  };

  it('hold only codes that may be redistributed', () => {
    const strange = valueSets.flatMap(({ id, expansion }) =>
      (expansion?.contains ?? [])
        .filter(({ system = '', code = '' }) => !shape[system]?.test(code))
        .map(({ system, code }) => `${id}: ${system}|${code}`),
    );
    expect(strange).toEqual([]);
  });

  it('say whose codes they are', () => {
    const owners: Record<string, string> = {
      'http://loinc.org': 'LOINC',
      'http://snomed.info/sct': 'SNOMED',
      'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
    };
    const silent = valueSets.flatMap(({ id, copyright = '', expansion }) =>
      [...new Set((expansion?.contains ?? []).map(({ system = '' }) => owners[system]))]
        .filter((owner) => owner !== undefined && !copyright.includes(owner))
        .map((owner) => `${id} has codes of ${owner} and does not say so`),
    );
    expect(silent).toEqual([]);
  });
});

describe.each(caseFiles.map((file) => [file.measure, file] as const))('cases of %s', (id, { cases }) => {
  const measure = (): Measure => {
    const found = measures.find((candidate) => candidate.id === id);
    if (!found) throw new Error(`no Measure ${id}`);
    return found;
  };

  it('are at least twelve, each with a name of its own and a reason', () => {
    expect(cases.length).toBeGreaterThanOrEqual(12);
    expect(duplicates(cases.map(({ name }) => name))).toEqual([]);
    expect(cases.filter(({ why }) => !/^.{10,}\.$/.test(why)).map(({ name }) => name)).toEqual([]);
  });

  it('are one patient each, and everything else is about this patient', () => {
    for (const { name, resources } of cases) {
      const [patient, ...others] = resources;
      expect([name, patient?.resourceType]).toEqual([name, 'Patient']);
      const strangers = others.filter((other) => {
        const { subject, patient: of } = other as { subject?: unknown; patient?: unknown };
        return JSON.stringify(subject ?? of) !== JSON.stringify({ reference: `Patient/${patient?.id}` });
      });
      expect([name, strangers]).toEqual([name, []]);
    }
  });

  it('expect a number for every population of every group, and each population is met and missed', () => {
    const seen = new Map<string, Set<number>>();
    for (const { name, expected } of cases) {
      const populations = expectedPopulations(measure(), expected);
      for (const group of measure().group ?? []) {
        const codes = (group.population ?? []).map(({ code }) => codeOf(code) ?? '').sort();
        const counts = populations[group.id ?? ''] ?? {};
        expect([name, Object.keys(counts).sort()]).toEqual([name, codes]);
        for (const [code, count] of Object.entries(counts)) {
          const key = `${group.id} ${code}`;
          seen.set(key, (seen.get(key) ?? new Set()).add(count));
        }
      }
    }
    expect([...seen].filter(([, counts]) => !counts.has(0) || !counts.has(1)).map(([key]) => key)).toEqual(
      [],
    );
  });
});

it('cases of all measures can be loaded together: resource ids occur once', () => {
  const ids = caseFiles.flatMap(({ cases }) =>
    cases.flatMap(({ resources }) => resources.map(({ resourceType, id }) => `${resourceType}/${id}`)),
  );
  expect(duplicates(ids)).toEqual([]);
});
