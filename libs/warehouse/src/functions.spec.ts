import { Database } from './database';
import { prepareWarehouse } from './schema';

describe('FHIR macros', () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.open(':memory:');
    await prepareWarehouse(database.main);
    await database.main.run('create temp table given (value varchar)');
  });
  afterAll(() => database.close());

  /** Through a table, as at load: constants would be folded when the statement is planned. */
  async function evaluate<T>(sql: string, value: string | null): Promise<T> {
    await database.main.run('delete from given');
    await database.main.run('insert into given values ($1)', [value]);
    const row = await database.main.first<{ result: T }>(`select ${sql} as result from given`);
    return row!.result;
  }

  describe('fhir_datetime', () => {
    it.each([
      ['year', '2024', '2024-01-01 00:00:00', '2024-12-31 23:59:59.999', 0],
      ['month of a leap year', '2024-02', '2024-02-01 00:00:00', '2024-02-29 23:59:59.999', 0],
      ['month', '2023-02', '2023-02-01 00:00:00', '2023-02-28 23:59:59.999', 0],
      ['December', '2023-12', '2023-12-01 00:00:00', '2023-12-31 23:59:59.999', 0],
      ['day', '2023-05-31', '2023-05-31 00:00:00', '2023-05-31 23:59:59.999', 0],
      ['leap day', '2024-02-29', '2024-02-29 00:00:00', '2024-02-29 23:59:59.999', 0],
      ['hour', '2024-02-29T10', '2024-02-29 10:00:00', '2024-02-29 10:59:59.999', 0],
      ['hour with offset', '2024-02-29T10+05:00', '2024-02-29 05:00:00', '2024-02-29 05:59:59.999', 300],
      ['minute', '2024-02-29T10:15', '2024-02-29 10:15:00', '2024-02-29 10:15:59.999', 0],
      ['minute Z', '2024-02-29T10:15Z', '2024-02-29 10:15:00', '2024-02-29 10:15:59.999', 0],
      [
        'minute with offset',
        '2024-02-29T10:15-05:00',
        '2024-02-29 15:15:00',
        '2024-02-29 15:15:59.999',
        -300,
      ],
      ['second without offset', '2024-02-29T10:15:30', '2024-02-29 10:15:30', '2024-02-29 10:15:30', 0],
      ['second Z', '2024-02-29T10:15:30Z', '2024-02-29 10:15:30', '2024-02-29 10:15:30', 0],
      ['second, +hh:mm', '2024-02-29T10:15:30+05:30', '2024-02-29 04:45:30', '2024-02-29 04:45:30', 330],
      [
        'second, -hh:mm over the year',
        '2023-12-31T22:00:00-05:00',
        '2024-01-01 03:00:00',
        '2024-01-01 03:00:00',
        -300,
      ],
      [
        'millisecond',
        '2024-02-29T10:15:30.123-05:00',
        '2024-02-29 15:15:30.123',
        '2024-02-29 15:15:30.123',
        -300,
      ],
      ['tenth of a second', '2024-02-29T10:15:30.5Z', '2024-02-29 10:15:30.5', '2024-02-29 10:15:30.5', 0],
      [
        'five digits, no offset',
        '2024-02-29T10:15:30.12345',
        '2024-02-29 10:15:30.123',
        '2024-02-29 10:15:30.123',
        0,
      ],
      ['microsecond', '2024-02-29T10:15:30.123999Z', '2024-02-29 10:15:30.123', '2024-02-29 10:15:30.123', 0],
      [
        'half past the hour, minute',
        '2024-02-29T10:15-03:30',
        '2024-02-29 13:45:00',
        '2024-02-29 13:45:59.999',
        -210,
      ],
      [
        'fraction and offset',
        '2024-02-29T10:15:30.999+05:45',
        '2024-02-29 04:30:30.999',
        '2024-02-29 04:30:30.999',
        345,
      ],
      ['millisecond Z', '2024-02-29T10:15:30.123Z', '2024-02-29 10:15:30.123', '2024-02-29 10:15:30.123', 0],
      ['second, +09:00', '2024-02-29T10:15:30+09:00', '2024-02-29 01:15:30', '2024-02-29 01:15:30', 540],
      ['second, +00:00', '2024-02-29T10:15:30+00:00', '2024-02-29 10:15:30', '2024-02-29 10:15:30', 0],
      ['second, -03:30', '2024-02-29T10:15:30-03:30', '2024-02-29 13:45:30', '2024-02-29 13:45:30', -210],
      [
        'before 1970',
        '1931-07-04T23:59:59.999+01:00',
        '1931-07-04 22:59:59.999',
        '1931-07-04 22:59:59.999',
        60,
      ],
    ])('%s', async (_, text, lo, hi, zone) => {
      expect(await evaluate('fhir_datetime(value)', text)).toEqual({ lo, hi, zone });
    });

    it.each([
      '',
      '24',
      '2024-13',
      '2023-02-29',
      '2024-2-1',
      '20240229',
      '2024/02/29',
      '2024/02/29T10:15:30Z',
      '2024/02/29T10:15Z',
      'abcd',
      '2024-02-29 10:15:30',
      '2024-02-29T24:00:00Z',
      '2024-02-29T10:60:00Z',
      '2024-02-29T10:15:30 UTC',
      '2024-02-29T10:15:30Europe/Berlin',
    ])('refuses "%s"', async (text) => {
      await expect(evaluate('fhir_datetime(value)', text)).rejects.toThrow();
      expect(await evaluate('try(fhir_datetime(value))', text)).toBeNull();
    });

    it('is null for null only', async () => {
      expect(await evaluate('fhir_datetime(value)', null)).toBeNull();
    });
  });

  describe('fhir_date', () => {
    it.each([
      ['year', '2024', '2024-01-01 00:00:00', '2024-12-31 00:00:00'],
      ['month', '2024-02', '2024-02-01 00:00:00', '2024-02-29 00:00:00'],
      ['day', '2024-02-29', '2024-02-29 00:00:00', '2024-02-29 00:00:00'],
    ])('%s', async (_, text, lo, hi) => {
      expect(await evaluate('fhir_date(value)', text)).toEqual({ lo, hi });
    });

    it.each(['2023-02-29', '2024-02-29T10:00:00Z', '1/2/2024', ''])('refuses "%s"', async (text) => {
      await expect(evaluate('fhir_date(value)', text)).rejects.toThrow();
    });
  });

  describe('fhir_time', () => {
    it.each([
      ['second', '10:15:30', '1970-01-01 10:15:30', '1970-01-01 10:15:30'],
      ['millisecond', '10:15:30.250', '1970-01-01 10:15:30.25', '1970-01-01 10:15:30.25'],
      ['minute', '10:15', '1970-01-01 10:15:00', '1970-01-01 10:15:59.999'],
    ])('%s', async (_, text, lo, hi) => {
      expect(await evaluate('fhir_time(value)', text)).toEqual({ lo, hi });
    });
  });

  describe('fhir_concept_key', () => {
    const codings = `from_json(value, '[{"system": "VARCHAR", "code": "VARCHAR", "display": "VARCHAR"}]')`;
    const key = (value: unknown) =>
      evaluate<string>(`fhir_concept_key(${codings})`, value === null ? null : JSON.stringify(value));
    const a = { system: 's', code: 'a' };
    const b = { system: 's', code: 'b' };

    it('is the hash of the sorted distinct codings', async () => {
      const expected = await evaluate<string>(
        `hash([{'system': 's', 'code': 'a'}, {'system': 's', 'code': 'b'}])`,
        '',
      );
      expect(await key([b, a, { ...b, display: 'B' }])).toBe(expected);
      expect(await key([a, b])).toBe(expected);
    });

    it.each([
      ['two codings', [b, a]],
      ['two systems', [{ ...a, system: 't' }, a]],
      ['a coding without system', [{ code: 'a' }, a]],
      ['a coding without code', [a, { system: 's' }]],
      ['twice a coding without system', [{ code: 'a' }, { code: 'a' }]],
      ['three codings', [b, a, b]],
    ])('its shorter ways give the same as sorting: %s', async (_, value) => {
      expect(await key(value)).toBe(await evaluate(`hash(fhir_codings(${codings}))`, JSON.stringify(value)));
    });

    it('takes the same way for one coding and for the same coding twice', async () => {
      expect(await key([{ ...a, display: 'A' }])).toBe(await key([a, a]));
      expect(await key([a])).not.toBe(await key([b]));
    });

    it('gives a concept without codings the key of the empty list', async () => {
      const empty = await evaluate<string>('hash([]::struct(system varchar, code varchar)[])', '');
      expect(await key([])).toBe(empty);
      expect(await key(null)).toBe(empty);
    });

    it('distinguishes an absent system', async () => {
      expect(await key([{ code: 'a' }])).not.toBe(await key([a]));
    });
  });

  describe('fhir_patient_id', () => {
    it.each([
      ['Patient/p-1', 'p-1'],
      ['https://ehr.example/fhir/Patient/p-1', 'p-1'],
      ['Patient/p-1/_history/3', 'p-1'],
      ['https://ehr.example/fhir/Patient/p-1/_history/3', 'p-1'],
      ['urn:uuid:5d3c', '5d3c'],
      ['Group/g', null],
      ['https://ehr.example/Patient/x/Group/g', null],
      ['#contained', '#contained'],
      ['Patient?identifier=1', 'Patient?identifier=1'],
      [null, null],
    ])('%s', async (reference, id) => {
      expect(await evaluate('fhir_patient_id(value)', reference)).toBe(id);
    });
  });
});
