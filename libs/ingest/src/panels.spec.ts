import { condition, LoadBench, patient } from './warehouse.fixture';

describe('panels', () => {
  let bench: LoadBench;
  beforeEach(async () => {
    bench = await new LoadBench().open();
  });
  afterEach(() => bench.close());

  const people = (...ids: string[]): object[] =>
    ids.flatMap((id) => [patient(id), condition(`c-${id}`, `Patient/${id}`)]);
  const whole = (name: string) => ({ name, patients: 'of these files' as const });
  const evaluated = async (): Promise<unknown[]> =>
    (await bench.rows('select id from registry.population order by id')).map(({ id }) => id);
  const leavers = `select id from registry.leaver join registry.subject using (pid) order by id`;

  it('without one everybody is evaluated', async () => {
    expect(await bench.event(people('a', 'b'))).toMatchObject({ leavers: 0 });
    expect(await evaluated()).toEqual(['a', 'b']);
  });

  it('whoever is not in the next whole export leaves, keeps the data, and comes back', async () => {
    await bench.event(people('a', 'b', 'c'), { panel: whole('g') });
    expect(await bench.event(people('a', 'c'), { panel: whole('g') })).toMatchObject({
      leavers: 1,
      unchanged: 4,
    });
    expect(await evaluated()).toEqual(['a', 'c']);
    expect(await bench.rows(leavers)).toEqual([{ id: 'b' }]);
    expect(await bench.rows('select count(*) as n from fhir."Condition"')).toEqual([{ n: 3 }]);

    // A delta does not speak of the panel.
    expect(await bench.event([condition('c2', 'Patient/b')])).toMatchObject({ leavers: 1 });
    expect(await bench.event(people('a', 'b'), { panel: whole('g') })).toMatchObject({ leavers: 1 });
    expect(await evaluated()).toEqual(['a', 'b']);
  });

  it('one panel of several is enough, and those of other sources do not matter', async () => {
    await bench.event(people('a', 'b'), { panel: whole('g') });
    await bench.event(people('b', 'c'), { panel: whole('h') });
    await bench.event(people('x'), { source: 'north' });
    expect(await evaluated()).toEqual(['a', 'b', 'c', 'x']);
    await bench.event(people('c'), { panel: whole('h') });
    expect(await evaluated()).toEqual(['a', 'b', 'c', 'x']);
    await bench.event(people('a'), { panel: whole('g') });
    expect(await evaluated()).toEqual(['a', 'c', 'x']);
  });

  it('can be a list, also of patients who come later, and can end', async () => {
    await bench.event(people('a', 'b'), { panel: { name: 'g', patients: ['a', 'z', 'a'] } });
    expect(await evaluated()).toEqual(['a']);
    await bench.event(people('z'));
    expect(await evaluated()).toEqual(['a', 'z']);
    expect(await bench.event([], { panel: { name: 'g', ended: true } })).toMatchObject({ leavers: 0 });
    expect(await evaluated()).toEqual(['a', 'b', 'z']);
  });

  it.each<[string, object[], Parameters<LoadBench['event']>[1], RegExp]>([
    ['no patients in the files', [condition('c', 'Patient/a')], { panel: whole('g') }, /"g" has no patient/],
    ['an empty list', people('a'), { panel: { name: 'g', patients: [] } }, /"g" has no patient/],
    ['what is no id', people('a'), { panel: { name: 'g', patients: ['Patient/a'] } }, /no id of a patient/],
    ['no name', people('a'), { panel: whole(' ') }, /needs a name/],
  ])('that cannot be meant are refused and nothing changes: %s', async (_, resources, request, message) => {
    await bench.event(people('a', 'b'), { panel: whole('g') });
    await expect(bench.event(resources, request)).rejects.toThrow(message);
    expect(await evaluated()).toEqual(['a', 'b']);
    expect(await bench.rows('select count(*) as n from landing.file')).toEqual([{ n: 1 }]);
  });
});
