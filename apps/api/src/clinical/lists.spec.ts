import { tableFromIPC } from 'apache-arrow';
import { openTemporaryStore, type TemporaryStore } from '../../../../libs/store/testing/temporary-store';
import { AuditTrailService } from '@catchment/access';
import { WorklistItem } from '@catchment/store';
import { ClinicalApi, type Caller, type Query } from '../../testing/clinical-api';
import { publishPopulation } from '../../testing/publish-population';
import type { GapList, GapPatientList, GapRow, Page, PatientRow, PopulationList } from './contract';
import { gapSorts, patientSorts } from './lists/patient-order';

jest.setTimeout(240_000);

const episodes = '/api/measures/followup/groups/main/patients';
const cohort = '/api/cohorts/diabetes/patients';

type PlainValue = string | number | boolean | null;

describe('lists', () => {
  let store: TemporaryStore;
  let api: ClinicalApi;
  let user: Caller;

  beforeAll(async () => {
    store = await openTemporaryStore();
    await publishPopulation(store.settings.dataDir);
    api = await ClinicalApi.open(store, store.settings);
    user = await api.as('quality');
  });

  afterAll(async () => {
    await api.application.close();
    await store.close();
  });

  async function pages<T>(path: string, query: Query, limit: number): Promise<T[]> {
    const rows: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await user.get<Page<T>>(path, { ...query, limit, cursor });
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      rows.push(...page.rows);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return rows;
  }

  describe('pages', () => {
    it.each([
      ...patientSorts.map((sort) => [episodes, { population: 'denominator', sort }] as [string, Query]),
      ...patientSorts.map((sort) => [cohort, { sort }] as [string, Query]),
      ...gapSorts.map((sort) => ['/api/gaps', { sort }] as [string, Query]),
      ...gapSorts.map((sort) => ['/api/gaps', { sort, by: 'gap' }] as [string, Query]),
    ])('of %s %j hold every row once, in the order of the whole', async (path, query) => {
      const whole = await user.get<Page<object>>(path, { ...query, limit: 500 });
      expect(whole.nextCursor).toBeNull();
      expect(whole.rows).toHaveLength(whole.total);
      expect(whole.total).toBeGreaterThan(10);
      expect(await pages(path, query, 7)).toEqual(whole.rows);
      // a page of one: every row is the end of a page
      if (whole.total <= 25) expect(await pages(path, query, 1)).toEqual(whole.rows);
    });

    it.each<[string, (row: PatientRow) => string | number]>([
      ['name', (row: PatientRow) => plain(row.fullName)],
      ['age', (row: PatientRow) => row.age ?? 999],
      ['lastVisit', (row: PatientRow) => row.lastVisit ?? '9999'],
      ['openGaps', (row: PatientRow) => row.openGaps],
    ])('are sorted by %s, the unknown last in either direction', async (sort, keyOf) => {
      const keys = (await pages<PatientRow>(cohort, { sort }, 10)).map(keyOf);
      expect(keys).toEqual([...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
      const reversed = await pages<PatientRow>(cohort, { sort: `-${sort}` }, 10);
      const known = reversed.map(keyOf).filter((key) => key !== 999 && key !== '9999');
      expect(known).toEqual([...known].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
      expect(reversed.map(keyOf).slice(0, known.length)).toEqual(known);
    });

    it('are ranked by need', async () => {
      const { rows } = await user.get<GapPatientList>('/api/gaps', { limit: 500 });
      const priorities = rows.map(({ priority }) => priority);
      expect(priorities).toEqual([...priorities].sort((a, b) => b - a));
      expect(new Set(priorities).size).toBeGreaterThan(2);
    });

    it('refuse the cursor of another sort, and of an earlier run', async () => {
      const page = await user.get<Page<object>>(cohort, { limit: 2 });
      const [other, forged] = [
        await user.send('get', cohort, { cursor: page.nextCursor!, sort: 'age' }),
        await user.send('get', cohort, {
          cursor: Buffer.from(JSON.stringify(['earlier', 'name', 'x'])).toString('base64url'),
        }),
      ];
      expect([other.status, forged.status]).toEqual([400, 409]);
      expect(JSON.parse(forged.text)).toMatchObject({ title: 'Out of date' });
    });

    it('have cursors without a name in them', async () => {
      const page = await user.get<Page<PatientRow>>(cohort, { limit: 3 });
      const cursor = Buffer.from(page.nextCursor!, 'base64url').toString('utf8');
      const last = page.rows[2]!;
      for (const text of [last.fullName, last.mrn ?? 'none', last.fullName.toLowerCase()]) {
        expect(cursor).not.toContain(text);
      }
    });

    it('list an episode-based measure by episode, and its gaps by patient', async () => {
      const { rows } = await user.get<PopulationList>(episodes, { population: 'denominator', limit: 500 });
      expect(new Set(rows.map(({ episodeId }) => episodeId)).size).toBe(rows.length);
      expect(new Set(rows.map(({ patientId }) => patientId)).size).toBeLessThan(rows.length);
      const gaps = await user.get<PopulationList>(episodes, { population: 'open-gap', limit: 500 });
      expect(new Set(gaps.rows.map(({ patientId }) => patientId)).size).toBe(gaps.rows.length);
      expect(gaps.rows.every(({ gap }) => gap?.gapStatus === 'open-gap')).toBe(true);
    });
  });

  describe('the work on gaps', () => {
    it('stands beside what was computed, fresh on every request', async () => {
      const first = (await user.get<GapList>('/api/gaps', { by: 'gap', limit: 1 })).rows[0]!;
      expect(first.gap.work).toBeNull();
      const { patientId, gap } = first;
      const items = store.dataSource.getRepository(WorklistItem);
      await items.insert({
        patientId,
        measureId: gap.measureId,
        groupId: gap.groupId,
        workStatus: 'attempted',
        assignee: 'coordinator@demo.example',
        attempts: 2,
        lastAttemptAt: new Date('2026-11-20T10:00:00Z'),
        nextActionDate: '2026-11-30',
        note: '=left a message, "call" back',
      });
      const work = {
        status: 'attempted',
        assignee: 'coordinator@demo.example',
        attempts: 2,
        lastAttempt: '2026-11-20T10:00:00.000Z',
        nextActionDate: '2026-11-30',
        snoozeUntil: null,
        declineReason: null,
        note: '=left a message, "call" back',
        version: 1,
      };
      const after = (await user.get<GapList>('/api/gaps', { by: 'gap', limit: 1 })).rows[0]!;
      expect(after).toEqual({ ...first, gap: { ...gap, work } });
      const patient = (await user.get<GapPatientList>('/api/gaps', { limit: 1 })).rows[0]!;
      expect(patient.gaps.filter((each) => each.work !== null)).toEqual([{ ...gap, work }]);
    });
  });

  describe('exports', () => {
    const exports: [string, Query, string, Query][] = [
      ['/api/gaps/export', {}, '/api/gaps', { by: 'gap' }],
      [
        '/api/gaps/export',
        { measure: 'screening', site: 'north' },
        '/api/gaps',
        { by: 'gap', measure: 'screening', site: 'north' },
      ],
      [
        '/api/gaps/export',
        { q: 'smith', sort: 'name' },
        '/api/gaps',
        { by: 'gap', q: 'smith', sort: 'name' },
      ],
      [`${episodes}/export`, { population: 'numerator' }, episodes, { population: 'numerator' }],
      [`${episodes}/export`, { population: 'open-gap' }, episodes, { population: 'open-gap' }],
      [
        `${episodes}/export`,
        { population: 'numerator', q: 'nobody' },
        episodes,
        { population: 'numerator', q: 'nobody' },
      ],
    ];

    it.each(exports)(
      '%s %j has the rows of the list, alike in every format',
      async (path, query, list, same) => {
        const page = await user.get<Page<PatientRow>>(list, { ...same, limit: 500 });
        const json = await user.get<Record<string, PlainValue>[]>(path, { ...query, format: 'json' });
        expect(json.map((row) => row.patient_id)).toEqual(page.rows.map(({ patientId }) => patientId));

        const binary = await user
          .send('get', path, { ...query, format: 'arrow' })
          .buffer(true)
          .parse((response, done) => {
            const parts: Buffer[] = [];
            response.on('data', (part: Buffer) => parts.push(part));
            response.on('end', () => done(null, Buffer.concat(parts)));
          });
        expect(binary.type).toBe('application/vnd.apache.arrow.stream');
        const table = tableFromIPC(binary.body as Buffer);
        const dates = new Set(
          table.schema.fields.filter((f) => String(f.type).startsWith('Date')).map((f) => f.name),
        );
        const rows = table
          .toArray()
          .map((row) =>
            Object.fromEntries(
              Object.entries((row as { toJSON(): Record<string, unknown> }).toJSON()).map(([name, value]) => [
                name,
                dates.has(name) && value !== null
                  ? new Date(Number(value)).toISOString().slice(0, 10)
                  : value,
              ]),
            ),
          );
        expect(rows).toEqual(json);

        const csv = await user.send('get', path, { ...query, format: 'csv' });
        expect(csv.type).toBe('text/csv');
        expect(csv.get('Content-Disposition')).toMatch(
          /^attachment; filename="(gaps|population)-2026\w+-\w+\.csv"$/,
        );
        const [header, ...lines] = readCsv(csv.text);
        expect(header).toEqual(table.schema.fields.map(({ name }) => name));
        expect(lines).toHaveLength(json.length);
        expect(lines.map((line) => line[0])).toEqual(json.map((row) => row.patient_id));
        for (const [index, line] of lines.entries()) {
          const unguarded = line.map((cell) => cell.replace(/^'(?=\s*[=+@-])/, ''));
          expect(unguarded).toEqual(header!.map((name) => textOf(json[index]![name])));
        }
      },
    );

    it('keep text from being run as a formula', async () => {
      const { text } = await user.send('get', '/api/gaps/export', { format: 'csv' });
      const cells = readCsv(text).flat();
      expect(cells.some((cell) => cell.startsWith(`'=SUM(A1)`))).toBe(true);
      expect(cells.some((cell) => cell === `'=left a message, "call" back`)).toBe(true);
      expect(cells.filter((cell) => /^\s*[=+@]/.test(cell))).toEqual([]);
    });

    it('say who may take them, and leave a trace without the search', async () => {
      const coordinator = await api.as('coordinator');
      await coordinator.get('/api/gaps/export', { format: 'json', q: 'Smith' });
      const path = `${episodes}/export`;
      expect((await coordinator.send('get', path, { format: 'csv', population: 'numerator' })).status).toBe(
        403,
      );
      const trail = await api.application.get(AuditTrailService, { strict: false }).page(500);
      const entry = trail.find(
        ({ action, actor }) => action === 'export' && actor.startsWith('coordinator'),
      )!;
      expect(entry).toMatchObject({ objectType: 'gaps', detail: { format: 'json', searched: true } });
      expect(trail.map(({ action }) => action)).toEqual(expect.arrayContaining(['list-patients', 'export']));
      expect(JSON.stringify(trail)).not.toContain('Smith');
    });
  });

  it('name a gap by what its patient has: no row without its gap', async () => {
    const rows = await pages<GapRow>('/api/gaps', { by: 'gap' }, 50);
    expect(rows.every(({ gap }) => gap.gapStatus === 'open-gap' && gap.dueDate === '2026-12-31')).toBe(true);
  });
});

/** As the lists are sorted: lower case, without accents. */
function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function textOf(value: PlainValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** RFC 4180: lines end with CR LF, and nothing else ends one. */
function readCsv(text: string): string[][] {
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  const lines: string[][] = [[]];
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    const [, raw = '', end] = match;
    lines.at(-1)!.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === '\r\n') lines.push([]);
  }
  expect(lines.pop()).toEqual([]);
  return lines;
}
