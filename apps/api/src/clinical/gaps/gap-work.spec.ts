import { openTemporaryStore, type TemporaryStore } from '../../../../../libs/store/testing/temporary-store';
import { AuditTrailService } from '@catchment/access';
import { User, WorklistEvent, WorklistItem } from '@catchment/store';
import { ClinicalApi, type Caller, type Query } from '../../../testing/clinical-api';
import { publishPopulation } from '../../../testing/publish-population';
import { complaintsAbout } from '../../../testing/schema-check';
import type {
  Assignee,
  GapContact,
  GapList,
  GapPatientList,
  GapPlace,
  GapRow,
  GapWorkChange,
  GapWorkRecord,
  PatientWork,
  Problem,
} from '../contract';

jest.setTimeout(240_000);

const coordinatorEmail = 'coordinator@demo.example';
const farAway = '2099-01-15';

const untouched: GapWorkChange = {
  version: 0,
  status: 'new',
  assignee: null,
  nextActionDate: null,
  snoozeUntil: null,
  declineReason: null,
  note: null,
};

const noAnswer: GapContact = { channel: 'phone', outcome: 'no-answer', note: null, nextActionDate: null };

describe('the work on gaps', () => {
  let store: TemporaryStore;
  let api: ClinicalApi;
  let coordinator: Caller;
  let manager: Caller;
  let quality: Caller;
  let north: Caller;
  let all: GapRow[];

  beforeAll(async () => {
    store = await openTemporaryStore();
    await publishPopulation(store.settings.dataDir);
    api = await ClinicalApi.open(store, store.settings);
    coordinator = await api.as('coordinator');
    manager = await api.as('manager');
    quality = await api.as('quality');
    north = await api.person('north@example.org', 'coordinator', { sites: ['north'], providers: 'all' });
    all = (await manager.get<GapList>('/api/gaps', { by: 'gap', limit: 500 })).rows;
  });

  afterAll(async () => {
    await api.application.close();
    await store.close();
  });

  beforeEach(async () => {
    // The log refuses to be emptied by anybody but the owner of its trigger.
    await store.dataSource.transaction(async (tables) => {
      await tables.query('alter table catchment.worklist_event disable trigger user');
      await tables.query('truncate catchment.worklist_item cascade');
      await tables.query('alter table catchment.worklist_event enable trigger user');
    });
  });

  const placeOf = ({ patientId, gap }: GapRow): GapPlace => ({
    patientId,
    measureId: gap.measureId,
    groupId: gap.groupId,
  });
  const path = ({ patientId, measureId, groupId }: GapPlace) =>
    `/api/gaps/${patientId}/${measureId}/${groupId}/work`;
  const gapAt = (index: number) => placeOf(all[index]!);
  const ofSite = (site: string | null) => placeOf(all.find((row) => row.siteId === site)!);
  const detailOf = (text: string) => (JSON.parse(text) as Problem).detail ?? '';
  const trail = () => api.application.get(AuditTrailService, { strict: false }).page(500);

  async function set(by: Caller, place: GapPlace, change: Partial<GapWorkChange>): Promise<GapWorkRecord> {
    const response = await by.send('put', path(place), {}, { ...untouched, ...change });
    if (response.status !== 200) throw new Error(`${response.status} ${response.text}`);
    return response.body as GapWorkRecord;
  }

  describe('on one gap', () => {
    it('is nothing until somebody sets it, and then stands with its log', async () => {
      const place = gapAt(0);
      expect(await coordinator.get<GapWorkRecord>(path(place))).toEqual({ ...place, work: null, log: [] });
      const record = await set(coordinator, place, {
        status: 'scheduled',
        assignee: coordinatorEmail,
        nextActionDate: farAway,
        note: '  mammogram booked  ',
      });
      expect(complaintsAbout(record, 'GapWorkRecord')).toEqual([]);
      expect(record.work).toEqual({
        status: 'scheduled',
        assignee: coordinatorEmail,
        attempts: 0,
        lastAttempt: null,
        nextActionDate: farAway,
        snoozeUntil: null,
        declineReason: null,
        note: 'mammogram booked',
        version: 1,
      });
      expect(new Set(record.log.map(({ kind }) => kind))).toEqual(
        new Set(['status-change', 'assignment', 'next-action', 'note']),
      );
      expect(record.log.every(({ by, status }) => by === coordinatorEmail && status === 'scheduled')).toBe(
        true,
      );
      expect(await quality.get<GapWorkRecord>(path(place))).toEqual(record);
      const patient = await quality.get<PatientWork>(`/api/patients/${place.patientId}/work`);
      expect(complaintsAbout(patient, 'PatientWork')).toEqual([]);
      expect(patient.gaps.map(({ work }) => work)).toEqual([record.work]);
      expect(patient.log).toEqual(record.log);
    });

    it('changes the work status and never the computed one', async () => {
      const place = gapAt(0);
      await set(coordinator, place, { status: 'done-elsewhere-requested' });
      const { rows, total } = await manager.get<GapList>('/api/gaps', { by: 'gap', limit: 500 });
      expect(total).toBe(all.length);
      const row = rows.find(({ patientId, gap }) => patientId === place.patientId && gap.work !== null);
      expect(row?.gap).toMatchObject({ gapStatus: 'open-gap', work: { status: 'done-elsewhere-requested' } });
    });

    it('is not written anew when nothing is different', async () => {
      const place = gapAt(0);
      const first = await set(coordinator, place, { status: 'ordered', note: 'kit sent' });
      const again = await set(manager, place, { version: 1, status: 'ordered', note: 'kit sent' });
      expect(again).toEqual(first);
      expect((await set(coordinator, gapAt(1), {})).work).toBeNull();
      expect(await store.dataSource.getRepository(WorklistItem).count()).toBe(1);
    });

    it('keeps the reason of a decline and the end of a snooze as long as they hold', async () => {
      const place = gapAt(0);
      const declined = await set(coordinator, place, { status: 'declined', declineReason: 'afraid of it' });
      expect(declined.work).toMatchObject({ declineReason: 'afraid of it', snoozeUntil: null });
      expect(declined.log[0]).toMatchObject({ kind: 'status-change', note: 'afraid of it' });
      const snoozed = await set(coordinator, place, { version: 1, status: 'snoozed', snoozeUntil: farAway });
      expect(snoozed.work).toMatchObject({ declineReason: null, snoozeUntil: farAway });
      expect(snoozed.log[0]).toMatchObject({ kind: 'status-change', status: 'snoozed', date: farAway });
    });

    it.each<[string, Partial<Record<keyof GapWorkChange, unknown>>, RegExp]>([
      ['a snooze without end', { status: 'snoozed' }, /snoozeUntil/],
      ['the end of no snooze', { snoozeUntil: farAway }, /snoozeUntil/],
      [
        'a snooze with an action',
        { status: 'snoozed', snoozeUntil: farAway, nextActionDate: farAway },
        /next/,
      ],
      ['a decline without a reason', { status: 'declined', declineReason: ' ' }, /declineReason/],
      ['the reason of no decline', { declineReason: 'afraid' }, /declineReason/],
      ['a day that is none', { nextActionDate: '2099-02-30' }, /nextActionDate must be a day/],
      ['a day that has passed', { nextActionDate: '2001-01-01' }, /nextActionDate has passed/],
      ['a status that is none', { status: 'closed' }, /status must be one of/],
      ['a field left out', { assignee: undefined }, /assignee/],
      ['no version', { version: undefined }, /version/],
      ['a field too many', { gapStatus: 'closed-gap' } as object, /gapStatus/],
      ['an assignee nobody knows', { assignee: 'nobody@example.org' }, /assignees lists/],
      [
        'an assignee whose role does not work on gaps',
        { assignee: 'quality@demo.example' },
        /assignees lists/,
      ],
    ])('is refused with %s, and nothing is written', async (_, change, message) => {
      const response = await coordinator.send('put', path(gapAt(0)), {}, { ...untouched, ...change });
      expect(response.status).toBe(400);
      expect(detailOf(response.text)).toMatch(message);
      expect(await store.dataSource.getRepository(WorklistItem).count()).toBe(0);
      expect(await store.dataSource.getRepository(WorklistEvent).count()).toBe(0);
    });

    it('is not given to somebody who has left, nor to who may not see the patient', async () => {
      await api.person('left@example.org', 'coordinator');
      await store.dataSource.getRepository(User).update({ email: 'left@example.org' }, { active: false });
      const assign = async (site: string, assignee: string) =>
        (await coordinator.send('put', path(ofSite(site)), {}, { ...untouched, assignee })).status;
      expect(await assign('north', 'left@example.org')).toBe(400);
      expect(await assign('south', 'north@example.org')).toBe(400);
      expect(await assign('north', 'north@example.org')).toBe(200);
      const offered = await quality.get<Assignee[]>('/api/gaps/assignees');
      expect(offered.map(({ email }) => email).sort()).toEqual([
        coordinatorEmail,
        'manager@demo.example',
        'north@example.org',
      ]);
    });

    it('stays with who was given it before they left, while others change the rest', async () => {
      const place = ofSite('north');
      await api.person('leaving@example.org', 'coordinator');
      await set(coordinator, place, { assignee: 'leaving@example.org' });
      await store.dataSource.getRepository(User).update({ email: 'leaving@example.org' }, { active: false });
      const { work } = await set(manager, place, {
        version: 1,
        assignee: 'leaving@example.org',
        note: 'who takes over?',
      });
      expect(work).toMatchObject({ assignee: 'leaving@example.org', note: 'who takes over?', version: 2 });
    });
  });

  describe('by two people at once', () => {
    it('tells the second who was first and when', async () => {
      const place = gapAt(0);
      await set(coordinator, place, { status: 'reached' });
      for (const version of [0, 2, 7]) {
        const late = await manager.send('put', path(place), {}, { ...untouched, version, note: 'mine' });
        expect(late.status).toBe(409);
        expect(detailOf(late.text)).toMatch(
          /^coordinator@demo.example changed this on \d{4}-\d\d-\d\d \d\d:\d\d UTC/,
        );
      }
      expect((await coordinator.get<GapWorkRecord>(path(place))).work).toMatchObject({
        note: null,
        version: 1,
      });
    });

    it('lets exactly one of many through, on an untouched gap and on a touched one', async () => {
      const place = gapAt(0);
      for (const version of [0, 1]) {
        const answers = await Promise.all(
          Array.from({ length: 8 }, (_, n) =>
            coordinator.send('put', path(place), {}, { ...untouched, version, note: `${version} ${n}` }),
          ),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(409)]);
        expect((await manager.get<GapWorkRecord>(path(place))).work?.version).toBe(version + 1);
      }
      expect(await store.dataSource.getRepository(WorklistEvent).count()).toBe(2);
    });

    it('loses no contact', async () => {
      const place = gapAt(0);
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => coordinator.send('post', `${path(place)}/contacts`, {}, noAnswer)),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array<number>(6).fill(201));
      const { work, log } = await manager.get<GapWorkRecord>(path(place));
      expect(work).toMatchObject({ attempts: 6, status: 'attempted' });
      expect(log.filter(({ kind }) => kind === 'contact')).toHaveLength(6);
    });
  });

  describe('contacts', () => {
    async function contact(place: GapPlace, change: Partial<GapContact>): Promise<GapWorkRecord> {
      const response = await coordinator.send(
        'post',
        `${path(place)}/contacts`,
        {},
        { ...noAnswer, ...change },
      );
      if (response.status !== 201) throw new Error(`${response.status} ${response.text}`);
      return response.body as GapWorkRecord;
    }

    it('count as attempts, say when the last one was and when to act next', async () => {
      const place = gapAt(0);
      const before = Date.now();
      const { work, log } = await contact(place, {
        outcome: 'left-message',
        nextActionDate: farAway,
        note: 'son',
      });
      expect(work).toMatchObject({ status: 'attempted', attempts: 1, nextActionDate: farAway, note: null });
      expect(Date.parse(work!.lastAttempt!)).toBeGreaterThanOrEqual(before);
      expect(log.find(({ kind }) => kind === 'contact')).toMatchObject({
        channel: 'phone',
        outcome: 'left-message',
        note: 'son',
        by: coordinatorEmail,
      });
      expect((await contact(place, { outcome: 'reached' })).work).toMatchObject({
        status: 'reached',
        attempts: 2,
        nextActionDate: farAway,
      });
    });

    it('end a snooze, and leave what is settled as it is', async () => {
      await set(coordinator, gapAt(0), { status: 'snoozed', snoozeUntil: farAway });
      expect((await contact(gapAt(0), {})).work).toMatchObject({ status: 'attempted', snoozeUntil: null });
      await set(coordinator, gapAt(1), { status: 'declined', declineReason: 'no' });
      expect((await contact(gapAt(1), { outcome: 'reached' })).work).toMatchObject({
        status: 'declined',
        declineReason: 'no',
        attempts: 1,
      });
    });

    it.each<[string, object]>([
      ['no outcome', { outcome: undefined }],
      ['a channel that is none', { channel: 'pigeon' }],
      ['a day that has passed', { nextActionDate: '2001-01-01' }],
    ])('are refused with %s', async (_, change) => {
      const body = { ...noAnswer, ...change };
      expect((await coordinator.send('post', `${path(gapAt(0))}/contacts`, {}, body)).status).toBe(400);
    });
  });

  describe('within the scope', () => {
    it('a coordinator of one site reads and writes no gap of another', async () => {
      // The answer to every gap of the population, by the site that the fixture gave its patient.
      for (const row of all) {
        const place = placeOf(row);
        const mine = row.siteId === 'north';
        const statuses = [
          (await north.send('get', path(place))).status,
          (await north.send('put', path(place), {}, { ...untouched, note: 'x' })).status,
          (await north.send('post', `${path(place)}/contacts`, {}, noAnswer)).status,
          (await north.send('get', `/api/patients/${row.patientId}/work`)).status,
          (
            await north.send(
              'post',
              '/api/gaps/work/assign',
              {},
              { assignee: 'north@example.org', gaps: [{ ...place, version: mine ? 2 : 0 }] },
            )
          ).status,
        ];
        expect({ site: row.siteId, statuses }).toEqual({
          site: row.siteId,
          statuses: mine ? [200, 200, 201, 200, 200] : [404, 404, 404, 404, 404],
        });
      }
      const touched = await store.dataSource.getRepository(WorklistItem).find();
      const sites = new Map(all.map(({ patientId, siteId }) => [patientId, siteId]));
      expect(touched.length).toBeGreaterThan(5);
      expect(new Set(touched.map(({ patientId }) => sites.get(patientId)))).toEqual(new Set(['north']));
    });

    it('what others are asked to do is filtered only among who may be seen', async () => {
      await set(coordinator, ofSite('south'), { assignee: coordinatorEmail });
      await set(coordinator, ofSite('north'), { assignee: coordinatorEmail });
      const { rows } = await north.get<GapList>('/api/gaps', { by: 'gap', assignee: coordinatorEmail });
      expect(rows.map(({ siteId }) => siteId)).toEqual(['north']);
    });

    it('a gap that there is not is not found', async () => {
      const { patientId } = gapAt(0);
      for (const place of [
        { patientId, measureId: 'quiet', groupId: 'main' },
        { patientId, measureId: 'screening', groupId: 'other' },
        { patientId: 'nobody', measureId: 'screening', groupId: 'main' },
      ]) {
        expect((await coordinator.send('get', path(place))).status).toBe(404);
        expect((await coordinator.send('put', path(place), {}, untouched)).status).toBe(404);
      }
    });

    it('is changed by the roles that may', async () => {
      const admin = await api.as('admin');
      for (const [caller, read, change] of [
        [coordinator, 200, 200],
        [manager, 200, 200],
        [quality, 200, 403],
        [admin, 403, 403],
        [api.anybody(), 401, 401],
      ] as const) {
        expect((await caller.send('get', path(gapAt(0)))).status).toBe(read);
        expect((await caller.send('put', path(gapAt(0)), {}, untouched)).status).toBe(change);
      }
    });
  });

  describe('given to somebody', () => {
    const assign = (by: Caller, assignee: string | null, gaps: object[]) =>
      by.send('post', '/api/gaps/work/assign', {}, { assignee, gaps });
    const seen = (from: number, to: number) =>
      all.slice(from, to).map((row) => ({ ...placeOf(row), version: 0 }));

    it('is so for all of a list, each with its log and its trace', async () => {
      const response = await assign(manager, coordinatorEmail, seen(0, 20));
      expect([response.status, response.body]).toEqual([200, { changed: 20 }]);
      const items = await store.dataSource.getRepository(WorklistItem).find();
      expect(items.map(({ assignee, version }) => [assignee, version])).toEqual(
        Array(20).fill([coordinatorEmail, 1]),
      );
      expect(await store.dataSource.getRepository(WorklistEvent).countBy({ kind: 'assignment' })).toBe(20);
      const entries = (await trail()).filter(({ action }) => action === 'change-work').slice(0, 20);
      expect(new Set(entries.map(({ objectId }) => objectId))).toEqual(
        new Set(all.slice(0, 20).map(({ patientId }) => patientId)),
      );
      const taken = items.map(({ patientId, measureId, groupId, version }) => ({
        patientId,
        measureId,
        groupId,
        version,
      }));
      expect((await assign(manager, null, taken)).body).toEqual({ changed: 20 });
      expect((await assign(manager, null, seen(20, 30))).body).toEqual({ changed: 0 });
    });

    it('is so for none when one can not be', async () => {
      const place = gapAt(7);
      await set(coordinator, place, { note: 'mine' });
      const south = { ...ofSite('south'), version: 0 };
      const counts = async () => [
        await store.dataSource.getRepository(WorklistItem).count(),
        await store.dataSource.getRepository(WorklistEvent).count(),
        (await trail()).filter(({ action }) => action === 'change-work').length,
      ];
      const before = await counts();
      const refused: [Caller, string | null, object[], number][] = [
        [manager, coordinatorEmail, seen(0, 20), 409],
        [manager, coordinatorEmail, [...seen(0, 5), { ...seen(0, 1)[0]!, groupId: 'other' }], 404],
        [north, 'north@example.org', [{ ...ofSite('north'), version: 0 }, south], 404],
        [manager, 'north@example.org', [{ ...ofSite('north'), version: 0 }, south], 400],
        [manager, 'quality@demo.example', seen(0, 3), 400],
        [manager, coordinatorEmail, [...seen(0, 3), ...seen(2, 3)], 400],
        [manager, coordinatorEmail, [], 400],
        [manager, coordinatorEmail, Array.from({ length: 501 }, () => seen(0, 1)[0]!), 400],
        [manager, coordinatorEmail, [{ patientId: 'p', version: 0 }], 400],
        [quality, coordinatorEmail, seen(0, 1), 403],
      ];
      for (const [by, assignee, gaps, status] of refused) {
        const response = await assign(by, assignee, gaps);
        expect({ detail: detailOf(response.text), status: response.status }).toMatchObject({ status });
        expect(await counts()).toEqual(before);
      }
    });

    it('waits for others in one order: who gives the same gaps at the same time does not hang', async () => {
      const gaps = seen(0, 30);
      const answers = await Promise.all([
        assign(manager, coordinatorEmail, gaps),
        assign(coordinator, 'manager@demo.example', [...gaps].reverse()),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const items = await store.dataSource.getRepository(WorklistItem).find();
      expect(items).toHaveLength(30);
      expect(new Set(items.map(({ assignee }) => assignee)).size).toBe(1);
    });
  });

  describe('as a filter', () => {
    const today = new Date().toISOString().slice(0, 10);

    beforeEach(async () => {
      await set(coordinator, gapAt(0), {
        status: 'attempted',
        assignee: coordinatorEmail,
        nextActionDate: today,
      });
      await set(coordinator, gapAt(3), { status: 'attempted', nextActionDate: farAway });
      await set(coordinator, gapAt(5), { status: 'snoozed', snoozeUntil: today, assignee: coordinatorEmail });
      await set(coordinator, gapAt(8), { assignee: 'manager@demo.example' });
      await set(coordinator, gapAt(9), {
        status: 'declined',
        declineReason: 'no',
        assignee: coordinatorEmail,
      });
    });

    /** By position in the list of all, as set above. */
    const expectations: [Query, (index: number) => boolean][] = [
      [{ work: 'attempted' }, (n) => n === 0 || n === 3],
      [{ work: 'snoozed' }, (n) => n === 5],
      [{ work: 'ordered' }, () => false],
      [{ work: 'new' }, (n) => ![0, 3, 5, 9].includes(n)],
      [{ assignee: 'me' }, (n) => [0, 5, 9].includes(n)],
      [{ assignee: 'manager@demo.example' }, (n) => n === 8],
      [{ assignee: 'nobody' }, (n) => ![0, 5, 8, 9].includes(n)],
      [{ nextBy: today }, (n) => n === 0 || n === 5],
      [{ nextBy: farAway }, (n) => [0, 3, 5].includes(n)],
      [{ work: 'new', assignee: 'nobody' }, (n) => ![0, 3, 5, 8, 9].includes(n)],
      [{ work: 'attempted', assignee: 'nobody' }, (n) => n === 3],
      [{ assignee: 'me', nextBy: today, work: 'snoozed' }, (n) => n === 5],
      [{ work: 'new', nextBy: farAway }, () => false],
    ];

    it.each(expectations)('%j: total, list, pages, patients and file agree', async (query, belongs) => {
      const wanted = all.filter((_, index) => belongs(index)).map(placeOf);
      const page = await coordinator.get<GapList>('/api/gaps', { ...query, by: 'gap', limit: 500 });
      expect(page.rows.map(placeOf)).toEqual(wanted);
      expect(page.total).toBe(wanted.length);

      const paged: GapPlace[] = [];
      let cursor: string | undefined;
      do {
        const part = await coordinator.get<GapList>('/api/gaps', { ...query, by: 'gap', limit: 40, cursor });
        expect(part.total).toBe(wanted.length);
        paged.push(...part.rows.map(placeOf));
        cursor = part.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(paged).toEqual(wanted);

      const patients = await coordinator.get<GapPatientList>('/api/gaps', { ...query, limit: 500 });
      expect(patients.total).toBe(new Set(wanted.map(({ patientId }) => patientId)).size);
      const theirs = patients.rows.flatMap(({ patientId, gaps }) =>
        gaps.map(({ measureId, groupId }) => JSON.stringify({ patientId, measureId, groupId })),
      );
      expect(theirs.sort()).toEqual(wanted.map((place) => JSON.stringify(place)).sort());

      const file = await coordinator.get<Record<string, string | null>[]>('/api/gaps/export', {
        ...query,
        format: 'json',
      });
      expect(
        file.map((row) => ({
          patientId: row.patient_id,
          measureId: row.measure_id,
          groupId: row.group_id,
        })),
      ).toEqual(wanted);
    });

    it('is fresh on every request, with its total', async () => {
      const ask = () => coordinator.get<GapList>('/api/gaps', { by: 'gap', work: 'ordered' });
      expect((await ask()).total).toBe(0);
      await set(coordinator, gapAt(1), { status: 'ordered' });
      const after = await ask();
      expect([after.total, after.rows.length]).toEqual([1, 1]);
    });

    it('holds together with the panel and the measure', async () => {
      const { rows, total } = await coordinator.get<GapList>('/api/gaps', {
        by: 'gap',
        measure: 'screening',
        site: 'north',
        work: 'new',
        limit: 500,
      });
      const worked = new Set([0, 3, 5, 9].map((index) => JSON.stringify(gapAt(index))));
      const wanted = all.filter(
        (row) =>
          row.siteId === 'north' &&
          row.gap.measureId === 'screening' &&
          !worked.has(JSON.stringify(placeOf(row))),
      );
      expect(rows.map(placeOf)).toEqual(wanted.map(placeOf));
      expect(total).toBe(wanted.length);
    });

    it('in the file stands with what it filtered by', async () => {
      const [row] = await coordinator.get<Record<string, unknown>[]>('/api/gaps/export', {
        work: 'declined',
        format: 'json',
      });
      expect(row).toMatchObject({
        work_status: 'declined',
        decline_reason: 'no',
        assignee: coordinatorEmail,
      });
      const [snoozed] = await coordinator.get<Record<string, unknown>[]>('/api/gaps/export', {
        work: 'snoozed',
        format: 'json',
      });
      expect(snoozed).toMatchObject({ work_status: 'snoozed', next_action_date: today });
    });

    it.each<[string, Query]>([
      ['a status that is none', { work: 'closed' }],
      ['an assignee nobody knows', { assignee: 'misspelt@demo.example' }],
      ['a day that is none', { nextBy: '2026-02-30' }],
      ['an empty assignee', { assignee: '' }],
    ])('with %s is an error and no empty list', async (_, query) => {
      expect((await coordinator.send('get', '/api/gaps', query)).status).toBe(400);
    });
  });

  it('leaves a trace of who changed and who read it, without a word about the patient', async () => {
    const place = gapAt(2);
    await set(coordinator, place, {
      status: 'declined',
      declineReason: 'secret-reason',
      note: 'secret-note',
    });
    await coordinator.send('post', `${path(place)}/contacts`, {}, { ...noAnswer, note: 'secret-contact' });
    await quality.get(path(place));
    const entries = await trail();
    const [read, contact, change] = entries;
    expect(read).toMatchObject({
      actor: 'quality@demo.example',
      action: 'read-work',
      objectId: place.patientId,
    });
    expect(contact).toMatchObject({ action: 'change-work', detail: { changes: ['contact'] } });
    expect(change).toMatchObject({
      actor: coordinatorEmail,
      action: 'change-work',
      objectType: 'Patient',
      objectId: place.patientId,
      detail: { measureId: place.measureId, groupId: place.groupId, changes: ['status-change', 'note'] },
    });
    expect(JSON.stringify(entries)).not.toContain('secret-');
    expect(api.log.text).not.toContain('secret-');
  });

  it('is not changed when its trace can not be written', async () => {
    await store.dataSource.query(
      "alter table catchment.audit_event add constraint broken check (action <> 'change-work') not valid",
    );
    try {
      const response = await coordinator.send('put', path(gapAt(0)), {}, { ...untouched, note: 'x' });
      expect(response.status).toBe(500);
      expect(await store.dataSource.getRepository(WorklistItem).count()).toBe(0);
      expect(await store.dataSource.getRepository(WorklistEvent).count()).toBe(0);
    } finally {
      await store.dataSource.query('alter table catchment.audit_event drop constraint broken');
    }
  });
});
