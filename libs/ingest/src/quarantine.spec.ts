import { condition, LoadBench, ndjson, patient } from './warehouse.fixture';

describe('quarantine', () => {
  let bench: LoadBench;
  beforeEach(async () => {
    bench = await new LoadBench().open();
  });
  afterEach(() => bench.close());

  const demand = {
    Condition: { code: {}, recordedDate: {} },
    Observation: { valueQuantity: { value: {}, unit: {} }, valueString: {}, note: { text: {} } },
  };
  const codes = (code: unknown) => ({ code: { coding: [{ system: 's', code }] } });
  const diagnoses = `select s.id as patient, c.id from fhir."Condition" c join registry.subject s using (pid) order by all`;
  const good = patient('a');
  it.each<[string, object | string, object]>([
    ['malformed JSON', '{"resourceType":"Condition","id":"x",', { reason: 'malformed-json' }],
    ['no JSON at all', 'hello', { reason: 'malformed-json' }],
    ['a bad escape', '{"resourceType":"Condition","id":"x","y":"\\ud800"}', { reason: 'malformed-json' }],
    [
      'NaN',
      '{"resourceType":"Observation","id":"x","valueQuantity":{"value":NaN}}',
      { reason: 'malformed-json' },
    ],
    [
      'a property twice',
      '{"resourceType":"Condition","id":"x","code":{},"code":{}}',
      { reason: 'malformed-json' },
    ],
    ['an array', '[1]', { reason: 'not-an-object' }],
    ['a text', '"x"', { reason: 'not-an-object' }],
    ['null', 'null', { reason: 'not-an-object' }],
    ['no resourceType', { id: 'x' }, { reason: 'unknown-type', detail: 'no resourceType' }],
    [
      'an unknown resourceType',
      { resourceType: 'Disease', id: 'x' },
      { reason: 'unknown-type', type: 'Disease' },
    ],
    ['a Bundle in a line', { resourceType: 'Bundle', id: 'x' }, { reason: 'nested-bundle' }],
    ['no id', { resourceType: 'Condition' }, { reason: 'missing-id', type: 'Condition' }],
    ['an empty id', { resourceType: 'Condition', id: '' }, { reason: 'missing-id' }],
    ['another content of an id', patient('a', { birthDate: '1990' }), { reason: 'duplicate-id', id: 'a' }],
    ['nobody’s condition', condition('x', 'Patient/nobody'), { reason: 'unknown-patient', id: 'x' }],
    ['a patient by search', condition('x', 'Patient?identifier=1'), { reason: 'unknown-patient' }],
    [
      'an impossible date',
      condition('x', 'Patient/a', { recordedDate: '2023-02-30' }),
      {
        reason: 'invalid-value',
        detail: 'recordedDate',
      },
    ],
    [
      'an invalid lastUpdated',
      condition('x', 'Patient/a', { meta: { lastUpdated: 'today' } }),
      {
        reason: 'invalid-value',
        detail: 'meta.lastUpdated',
      },
    ],
    [
      'a number that is none',
      { resourceType: 'Observation', id: 'x', valueQuantity: { value: 'high' } },
      {
        reason: 'invalid-value',
        detail: 'valueQuantity',
      },
    ],
    [
      'a list for an object',
      condition('x', 'Patient/a', { code: [] }),
      { reason: 'wrong-shape', detail: 'code' },
    ],
    [
      'an object for a list, deep',
      condition('x', 'Patient/a', { code: { coding: {} } }),
      {
        reason: 'wrong-shape',
        detail: 'code.coding',
      },
    ],
    [
      'an object for a code, deep',
      condition('x', 'Patient/a', codes({ a: 1 })),
      {
        reason: 'wrong-shape',
        detail: 'code.coding[0].code',
      },
    ],
    [
      'an object for a text',
      { resourceType: 'Observation', id: 'x', valueString: { a: 1 } },
      {
        reason: 'wrong-shape',
        detail: 'valueString',
      },
    ],
    [
      'a list for a text in a list',
      { resourceType: 'Observation', id: 'x', note: [{ text: 'a' }, { text: [] }] },
      {
        reason: 'wrong-shape',
        detail: 'note[1].text',
      },
    ],
  ])('%s', async (_, bad, expected) => {
    const file = bench.write('x.ndjson', [good, bad, condition('c1', 'Patient/a')]);
    const report = await bench.load([file], demand);
    expect(report).toMatchObject({ loaded: { Patient: 1, Condition: 1 }, unchanged: 0, quarantined: 1 });
    expect(report.quarantine).toEqual([expect.objectContaining({ file, line: 2, ...expected })]);
    expect(await bench.rows(diagnoses)).toEqual([{ patient: 'a', id: 'c1' }]);
  });

  it('bytes that are no UTF-8', async () => {
    const bad = Buffer.from('{"resourceType":"Patient","id":"b","language":"\xff\xfe"}\n', 'latin1');
    const file = bench.write('x.ndjson', Buffer.concat([Buffer.from(ndjson([good])), bad]));
    expect(await bench.load([file])).toMatchObject({
      loaded: { Patient: 1 },
      quarantine: [{ line: 2, reason: 'malformed-json' }],
    });
  });

  it('texts that only look like JSON are texts', async () => {
    const observations = ['[redacted]', '{"a":1}', '{score}'].map((valueString, index) => ({
      resourceType: 'Observation',
      id: String(index),
      valueString,
    }));
    await bench.load([bench.write('x.ndjson', observations)], demand);
    expect(await bench.rows('select "valueString" as text from fhir."Observation" order by id')).toEqual([
      { text: '[redacted]' },
      { text: '{"a":1}' },
      { text: '{score}' },
    ]);
  });

  it('counts everything of a file that is bad throughout', async () => {
    const lines = Array.from({ length: 500 }, (_, n) =>
      condition(`c${n}`, 'Patient/a', { recordedDate: `x${n}` }),
    );
    const report = await bench.load([bench.write('x.ndjson', [good, ...lines])], demand);
    expect(report).toMatchObject({
      loaded: { Patient: 1 },
      quarantined: 500,
      reasons: { 'invalid-value': 500 },
    });
  });

  it('lists a line once, also where its batch has to be looked at twice', async () => {
    const report = await bench.event(
      [
        good,
        condition('x', 'Patient/a', { recordedDate: '2023-02-30' }),
        // A text that could be JSON: whether it is one is seen only when all texts are looked at.
        condition('y', 'Patient/a', codes('{"local": 1}')),
      ],
      { demand },
    );
    expect(report).toMatchObject({
      loaded: { Patient: 1, Condition: 1 },
      quarantined: 1,
      reasons: { 'invalid-value': 1 },
    });
    expect(await bench.rows('select line, reason from landing.quarantine')).toEqual([
      { line: 2, reason: 'invalid-value' },
    ]);
  });
});
