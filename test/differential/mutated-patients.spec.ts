import { primaryLibrary } from './case-engine';
import type { PatientRecord } from './cql-execution-engine';
import { generatePatients } from './generated-patients';
import { readKeptCases } from './kept-cases';
import { mutatePatients } from './mutate-patients';
import { readElm, readMeasures, readValueSets } from './starter-content';
import { TwoEngines, type Disagreement } from './two-engines';

/**
 * Two engines, patients as real data could be: partial dates, foreign units and codes, missing elements, negations.
 * A disagreement fails with its smallest patient; once somebody has looked at it, it is kept as a case with a verdict.
 * Another seed looks elsewhere: `MUTATION_SEED=5 npx jest test/differential/mutated-patients.spec.ts`.
 */
const patientCount = 48;
const seed = Number(process.env.MUTATION_SEED ?? 1);
const minute = 60_000;
const period = ['2026-01-01', '2026-12-31'] as const;

const measures = readMeasures();
const cases = readKeptCases();
let patients: PatientRecord[];
let engines: (measureId: string) => TwoEngines;

beforeAll(async () => {
  patients = mutatePatients(await generatePatients(patientCount, seed), seed);
  const request = { libraries: await readElm(), valueSets: readValueSets(), period };
  engines = (measureId) =>
    new TwoEngines(request, primaryLibrary(measures.find(({ id }) => id === measureId)!));
}, 2 * minute);

describe.each(measures.map(({ id }) => id!))('%s', (measureId) => {
  it(
    'is the same in both engines for every mutated patient, but for what cases are kept of',
    async () => {
      const both = engines(measureId);
      const known = new Set(cases.flatMap(({ define, also = [] }) => [define, ...also]));
      const [first] = roots(await both.disagreements(patients)).filter(({ define }) => !known.has(define));
      expect(first && described(await both.shrink(first))).toBeUndefined();
    },
    3 * minute,
  );
});

describe('kept cases', () => {
  it.each(cases.map((kept) => [kept.name, kept] as const))('%s', async (_, kept) => {
    const patient = { id: 'p', resources: kept.resources };
    const found = await engines(kept.measure).disagreements([patient]);
    const { define, ours, theirs } = kept;
    expect(found).toEqual(expect.arrayContaining([{ patient, define, ours, theirs }]));
  });
});

/** The first of a patient's disagreements in the order of computation; the others may follow from it. */
function roots(found: readonly Disagreement[]): Disagreement[] {
  return found.filter(({ patient }, at) => found.findIndex((other) => other.patient === patient) === at);
}

function described({ patient, define, ours, theirs }: Disagreement): string {
  return `${define}: ours ${ours}, theirs ${theirs}, for ${JSON.stringify(patient.resources, null, 1)}`;
}
