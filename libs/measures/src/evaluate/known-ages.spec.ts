import { WrittenMeasure } from './written-measure.fixture';

/** Ages at days and instants that are known when a measure is compiled, in years and in months. */
const questions = [
  'AgeInYearsAt(@2026-12-31) >= 2',
  'AgeInYearsAt(@2026-12-31) > 2',
  'AgeInYearsAt(@2026-12-31) < 2',
  'AgeInYearsAt(@2026-12-31) <= 2',
  'AgeInYearsAt(@2024-02-29) >= 1',
  '1 <= AgeInYearsAt(@2024-02-29)',
  'AgeInYearsAt(@2025-02-28) >= 1',
  'AgeInYearsAt(@2025-03-01) >= 1',
  'AgeInYearsAt(@2025-02-28) >= 0',
  'AgeInMonthsAt(@2024-03-31) >= 1',
  'AgeInMonthsAt(@2024-03-31) < 13',
  'AgeInMonthsAt(@2024-03-30) >= 1',
];

const births = [
  ...['2023-02-27', '2023-02-28', '2023-03-01', '2023-03-30', '2023-12-31', '2024-01-01', '2024-02-27'],
  ...['2024-02-28', '2024-02-29', '2024-03-01', '2024-03-31', '2024-12-30', '2024-12-31', '2025-01-01'],
];

/** Complete months from one day to another, counted forward. */
function completeMonths(birth: string, at: string): number {
  const start = new Date(birth);
  let months = 0;
  // Date takes 31 April as 1 May: the month is complete when that day has come.
  while (
    new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, start.getUTCDate())) <=
    new Date(at)
  )
    months++;
  return months;
}

function expected(question: string, birth: string): boolean {
  const [, at] = /@([\d-]+)/.exec(question)!;
  const months = completeMonths(birth, at!);
  const age = question.includes('Years') ? Math.floor(months / 12) : months;
  const flipped = /^(\d+) <= /.exec(question);
  if (flipped) return age >= Number(flipped[1]);
  const [, order, count] = /(>=|<=|>|<) (\d+)$/.exec(question)!;
  const limit = Number(count);
  return order === '>='
    ? age >= limit
    : order === '<='
      ? age <= limit
      : order === '>'
        ? age > limit
        : age < limit;
}

describe('an age at a known day, compared with a number', () => {
  let measure: WrittenMeasure;
  beforeAll(async () => {
    const cql = `library Ages version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Any": true
define "Asked": ${questions.map((_, index) => `"Q${index}"`).join(' or ')}
${questions.map((question, index) => `define "Q${index}": ${question}`).join('\n')}`;
    measure = await WrittenMeasure.import(
      { name: 'Ages', cql },
      { 'initial-population': 'Any', denominator: 'Any', numerator: 'Asked' },
    );
    // Born before the days that are asked for: an age before birth is nobody's.
    await measure.load(
      'patients.ndjson',
      births.map((birthDate) => ({ resourceType: 'Patient', id: birthDate, birthDate })),
    );
    await measure.evaluate();
  }, 120_000);
  afterAll(() => measure.close());

  it.each(questions.map((question, index) => ({ question, index })))(
    '$question',
    async ({ question, index }) => {
      const [column] = await measure.rows<{ name: string }>(
        `select column_name as name from results.define where define = 'Q${index}'`,
      );
      const rows = await measure.rows<{ id: string; value: boolean }>(
        `select subject.id, ${column!.name} as value from results."define_result_AGES"
       join registry.subject as subject using (pid) order by all`,
      );
      const [, at] = /@([\d-]+)/.exec(question)!;
      const born = rows.filter(({ id }) => id <= at!);
      expect(born.length).toBeGreaterThan(4);
      expect(born).toEqual(born.map(({ id }) => ({ id, value: expected(question, id) })));
    },
  );
});
