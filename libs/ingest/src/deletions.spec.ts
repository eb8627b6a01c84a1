import { condition, deletion, LoadBench, patient } from './warehouse.fixture';
import { readState } from './warehouse-state.fixture';

describe('deletions', () => {
  let bench: LoadBench;
  beforeEach(async () => {
    bench = await new LoadBench().open();
  });
  afterEach(() => bench.close());

  const at = (lastUpdated: string, more: object = {}): object => ({ meta: { lastUpdated }, ...more });
  const demand = { Condition: { recordedDate: {} } };
  const conditions = async (): Promise<unknown[]> =>
    (await bench.rows('select id from fhir."Condition" order by id')).map(({ id }) => id);
  const registered = async (): Promise<unknown[]> =>
    (await bench.rows(`select type || '/' || id as r from registry.resource order by r`)).map(({ r }) => r);

  it('take a resource out of typed table and registry, and are counted', async () => {
    await bench.event([patient('a'), condition('c1', 'Patient/a'), condition('c2', 'Patient/a')]);
    const report = await bench.event([], { deletions: bench.deletions('Condition/c1', 'Condition/never') });
    expect(report).toMatchObject({ loaded: {}, deleted: 1, absent: 1, quarantined: 0, files: [] });
    expect(await conditions()).toEqual(['c2']);
    expect(await registered()).toEqual(['Condition/c2', 'Patient/a']);
  });

  it.each([
    ['absolute', 'https://ehr.example/fhir/Condition/c1'],
    ['versioned', 'Condition/c1/_history/2'],
  ])('an %s url names the resource too', async (_, url) => {
    await bench.event([patient('a'), condition('c1', 'Patient/a')]);
    expect(await bench.event([], { deletions: bench.deletions(url) })).toMatchObject({ deleted: 1 });
    expect(await conditions()).toEqual([]);
  });

  it('come as one Bundle too, over many lines', async () => {
    await bench.event([patient('a'), condition('c1', 'Patient/a'), condition('c2', 'Patient/a')]);
    const bundle = JSON.stringify(deletion('Condition/c1', 'Condition/c2'), null, 2);
    const report = await bench.event([], { deletions: [bench.write('deleted.json', bundle)] });
    expect(report).toMatchObject({ deleted: 2, absent: 0 });
    expect(await conditions()).toEqual([]);
  });

  it('are those of one source', async () => {
    for (const source of ['north', 'south'])
      await bench.event([patient('a'), condition('c1', 'Patient/a')], { source });
    await bench.event([], { source: 'north', deletions: bench.deletions('Patient/a', 'Condition/c1') });
    expect(await bench.rows('select source, id from registry.resource order by id')).toEqual([
      { source: 'south', id: 'a' },
      { source: 'south', id: 'c1' },
    ]);
  });

  it.each<[string, object | string, object]>([
    ['no JSON', '{"resourceType":"Bundle",', { reason: 'malformed-json' }],
    ['no Bundle', patient('a'), { reason: 'invalid-deletion', detail: 'no Bundle' }],
    ['a conditional url', deletion('Condition?code=1'), { detail: 'the url of an entry names no resource' }],
    ['no FHIR type', deletion('Disease/c1'), { detail: 'the url of an entry names no resource' }],
    [
      'another method',
      { resourceType: 'Bundle', entry: [{ request: { method: 'PUT', url: 'Condition/c1' } }] },
      { detail: 'an entry is no DELETE' },
    ],
    [
      'an entry without request',
      { resourceType: 'Bundle', entry: [{}] },
      { detail: 'an entry is no DELETE' },
    ],
    [
      'entries that are no list',
      { resourceType: 'Bundle', entry: { request: { method: 'DELETE', url: 'Condition/c1' } } },
      { reason: 'invalid-deletion' },
    ],
  ])('that cannot be understood are set aside, the others are applied: %s', async (_, bad, expected) => {
    await bench.event([patient('a'), condition('c1', 'Patient/a'), condition('c2', 'Patient/a')]);
    const file = bench.write('deleted.ndjson', [deletion('Condition/c2'), bad]);
    const report = await bench.event([], { deletions: [file] });
    expect(report).toMatchObject({ deleted: 1, quarantined: 1 });
    expect(report.quarantine).toEqual([expect.objectContaining({ file, line: 2, ...expected })]);
    expect(await conditions()).toEqual(['c1']);
  });

  it.each<[string, object, object, object]>([
    ['a newer version is stored again', at('2026-01-01'), at('2026-02-01'), { loaded: { Condition: 1 } }],
    ['the deleted version is not', at('2026-01-01'), at('2026-01-01'), { outdated: 1 }],
    ['nor is an older one', at('2026-02-01'), at('2026-01-01'), { outdated: 1 }],
    ['without dates the later load counts', {}, {}, { loaded: { Condition: 1 } }],
  ])('of what comes again: %s', async (_, first, again, expected) => {
    await bench.event([patient('a'), condition('c1', 'Patient/a', first)]);
    await bench.event([], { deletions: bench.deletions('Condition/c1') });
    expect(await bench.event([condition('c1', 'Patient/a', again)])).toMatchObject(expected);
    const stored = 'loaded' in expected;
    expect(await conditions()).toEqual(stored ? ['c1'] : []);
    expect(await bench.rows('select id from registry.deleted')).toEqual(stored ? [] : [{ id: 'c1' }]);
  });

  it('come before the resources of the same load', async () => {
    await bench.event([patient('a'), condition('c1', 'Patient/a', at('2026-01-01'))]);
    const report = await bench.event([condition('c1', 'Patient/a', at('2026-02-01'))], {
      deletions: bench.deletions('Condition/c1'),
    });
    expect(report).toMatchObject({ deleted: 1, loaded: { Condition: 1 } });
    expect(await conditions()).toEqual(['c1']);
  });

  describe('of a patient', () => {
    beforeEach(async () => {
      await bench.event(
        [
          patient('a', at('2026-01-01')),
          condition('c1', 'Patient/a', at('2026-01-01')),
          patient('b'),
          condition('c2', 'Patient/b'),
          { resourceType: 'Organization', id: 'o' },
        ],
        { demand },
      );
    });

    it('take the patient away, and set aside what is about the patient', async () => {
      const before = await readState(bench.database.main);
      const report = await bench.event([], { deletions: bench.deletions('Patient/a') });
      expect(report).toMatchObject({ deleted: 1, orphaned: 1 });
      expect(await bench.rows('select id from registry.subject')).toEqual([{ id: 'b' }]);
      expect(await registered()).toEqual(['Condition/c2', 'Organization/o', 'Patient/b']);
      expect(await bench.rows('select line, type, id, reason from landing.set_aside')).toEqual([
        { line: 2, type: 'Condition', id: 'c1', reason: 'patient-deleted' },
      ]);
      // The patient comes again, and so does what was about the patient, though only the patient was sent.
      const again = await bench.event([patient('a', at('2026-02-01'))]);
      expect(again).toMatchObject({ loaded: { Patient: 1 }, restored: 1 });
      const after = await readState(bench.database.main);
      expect(after.Condition).toEqual(before.Condition);
      expect(after.waiting).toBeUndefined();
    });

    it('what is set aside can be deleted, and replaced by a later version', async () => {
      await bench.event([], { deletions: bench.deletions('Patient/a') });
      const newer = condition('c1', 'Patient/a', at('2026-03-01', { recordedDate: '2026' }));
      expect(await bench.event([newer])).toMatchObject({ quarantined: 1, reasons: { 'unknown-patient': 1 } });
      const older = condition('c1', 'Patient/a', at('2026-02-01', { recordedDate: '2025' }));
      expect(await bench.event([older])).toMatchObject({ quarantined: 0, outdated: 1 });
      await bench.event([patient('a', at('2026-02-01'))]);
      expect(
        await bench.rows(`select "recordedDate".lo::date as d from fhir."Condition" where id = 'c1'`),
      ).toEqual([{ d: '2026-01-01' }]);

      await bench.event([], { deletions: bench.deletions('Patient/a') });
      expect(await bench.event([], { deletions: bench.deletions('Condition/c1') })).toMatchObject({
        deleted: 1,
      });
      expect(await bench.event([patient('a', at('2026-04-01'))])).toMatchObject({ restored: 0 });
      expect(await conditions()).toEqual(['c2']);
    });

    it('what now is about another patient does not come back with the first', async () => {
      await bench.event([], { deletions: bench.deletions('Patient/a') });
      await bench.event([condition('c1', 'Patient/b', at('2026-03-01'))]);
      expect(await bench.event([patient('a', at('2026-04-01'))])).toMatchObject({ restored: 0 });
      expect(
        await bench.rows(
          `select s.id from fhir."Condition" as c join registry.subject as s using (pid) where c.id = 'c1'`,
        ),
      ).toEqual([{ id: 'b' }]);
    });
  });

  it.each([[1000], [10_000]])('a hundred thousand in one file, %d a line', async (entries) => {
    const people = Array.from({ length: 200 }, (_, n) => patient(`p${n}`));
    await bench.event(people);
    // One Bundle a line, nearly all of what was never there; the longer lines are longer than what is sniffed at.
    const line = (n: number): object =>
      deletion(...Array.from({ length: entries }, (_, k) => `Patient/${k === 0 ? `p${n}` : `x${n}-${k}`}`));
    const file = bench.write(
      'deleted.ndjson',
      Array.from({ length: 100_000 / entries }, (_, n) => line(n)),
    );
    const report = await bench.event([], { deletions: [file] });
    const deleted = 100_000 / entries;
    expect(report).toMatchObject({ deleted, absent: 100_000 - deleted });
    expect(await bench.rows('select count(*) as n from registry.subject')).toEqual([{ n: 200 - deleted }]);
  });
});
