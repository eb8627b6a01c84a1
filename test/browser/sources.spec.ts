import { randomUUID } from 'node:crypto';
import { Source, SourceRun, type SourceRunState } from '@catchment/store';
import { BulkServerFixture } from '../../libs/sources/src/run/bulk-server.fixture';
import { startBrowser, type RunningBrowser } from './chromium';
import { startPublishedService, type PublishedService } from './published-service';
import { Visit, type VisitOptions } from './visit';

jest.setTimeout(180_000);

describe('sources in Chromium', () => {
  let service: PublishedService;
  let chromium: RunningBrowser;
  let ehr: BulkServerFixture;
  let visits: Visit[] = [];

  beforeAll(async () => {
    [service, chromium, ehr] = await Promise.all([
      startPublishedService(),
      startBrowser(),
      new BulkServerFixture().open(),
    ]);
  });
  afterAll(async () => {
    await chromium.close();
    await service.close();
    await ehr.close();
  });
  afterEach(async () => {
    const complaints = visits.flatMap((visit) => visit.complaints);
    await Promise.all(visits.map((visit) => visit.close()));
    visits = [];
    expect(complaints).toEqual([]);
  });

  async function admin(options: VisitOptions = { width: 1280 }): Promise<Visit> {
    const visit = await Visit.open(chromium.browser, service.url, options);
    visits.push(visit);
    await visit.signIn('admin');
    return visit;
  }

  async function fits(visit: Visit, name: string): Promise<void> {
    expect(await visit.accessibilityViolations()).toEqual([]);
    expect(await visit.sidewaysScroll()).toBeLessThanOrEqual(0);
    await visit.screenshot(name);
  }

  const sources = () => service.store.dataSource.getRepository(Source);

  async function add(
    sourceId: string,
    state: SourceRunState,
    more: Partial<SourceRun> = {},
  ): Promise<string> {
    const at = new Date(
      Date.parse('2026-11-27T07:15:00Z') +
        (await service.store.dataSource.getRepository(SourceRun).count()) * 3600_000,
    );
    const ended = state === 'running' ? null : new Date(at.getTime() + 754_000);
    const run = { sourceId, jobId: randomUUID(), state, startedBy: 'schedule', queuedAt: at, startedAt: at };
    const { identifiers } = await service.store.dataSource
      .getRepository(SourceRun)
      .insert({ ...run, endedAt: ended, attempts: 1, ...more } as never);
    return String(identifiers[0]?.id);
  }

  it('begin empty, and a folder is added with the keyboard; what is refused is said', async () => {
    const visit = await admin();
    const { page } = visit;
    await page.getByRole('link', { name: 'Sources' }).click();
    await page.getByRole('heading', { name: 'No source yet' }).waitFor();
    await fits(visit, 'sources-empty');
    await page.getByRole('button', { name: 'Add a source' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Kind').selectOption('folder');
    await page.getByLabel('Name').fill('../laboratory');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').textContent()).toContain('the name of a source begins with');
    // The browser itself says of the refusal what is expected.
    expect(visit.complaints.splice(0)).toEqual([expect.stringContaining('400')]);
    await page.getByLabel('Name').fill('laboratory');
    await page.keyboard.press('Enter');
    await visit.heading('laboratory').waitFor();
    await page.getByText('when files arrive').waitFor();

    await page.getByLabel('Files to lay into the folder').setInputFiles({
      name: 'Patient.ndjson',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from('{"resourceType":"Patient","id":"a"}\n'),
    });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('In the folder: Patient.ndjson, 36 bytes').waitFor();
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('can be read and written; 1 file waits').waitFor();
    await fits(visit, 'source-folder');
  });

  it('that are servers are set up, tried, given a key and pulled', async () => {
    const visit = await admin();
    const { page } = visit;
    await visit.goTo('/sources');
    await page.getByRole('button', { name: 'Add a source' }).click();
    await page.getByLabel('Name').fill('main ehr');
    await page.getByLabel('Address of the FHIR server').fill(ehr.configuration.endpoint);
    await page.getByLabel('Id of the group').fill('panel');
    await page.getByLabel('Schedule').fill('15 2 * * *');
    await page.getByText('every day at 02:15').waitFor();
    await page.getByLabel('Client id').fill('catchment');
    await fits(visit, 'source-form');
    await page.getByRole('button', { name: 'Save' }).click();
    await visit.heading('main ehr').waitFor();
    await visit.settled();
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('the source has no key: make one, or import one').waitFor();
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByLabel('Public key as JWK').waitFor();
    await page.getByRole('button', { name: 'Pull now' }).click();
    await page.getByRole('button', { name: 'Under way' }).waitFor();
    await fits(visit, 'source-server');
  });

  it('show progress, problems and what to do about them', async () => {
    const { id } = await sources().save({
      name: 'north clinic',
      configuration: { ...ehr.configuration, endpoint: 'https://fhir.north.example/r4' },
      cron: '45 3 * * *',
      timeZone: 'America/New_York',
      watermark: '2026-11-26T08:45:00Z',
      createdBy: 'admin@demo.example',
    });
    const counts = { unchanged: 18_402, outdated: 3, deleted: 12, quarantined: 2, files: 9 };
    const runId = await add(id, 'incomplete', {
      since: '2026-11-25T08:45:00Z',
      transactionTime: '2026-11-26T08:45:00Z',
      counts: { ...counts, loaded: { Patient: 41, Condition: 214, Observation: 5_120 } },
      findings: [
        { code: 'not-granted', severity: 'error', text: 'Immunization' },
        { code: 'not-granted', severity: 'error', text: 'Procedure' },
        { code: 'quarantined', severity: 'warning', text: '2 resources: invalid-value' },
      ],
    });
    await add(id, 'failed', {
      error: 'the token request was refused with status 401: invalid_client: unknown key',
    });
    await add(id, 'running', {
      progress: { step: 'downloading', filesDone: 4, filesTotal: 9, bytes: 734_003_200 },
    });
    for (const width of [1280, 390]) {
      const visit = await admin({ width });
      const { page } = visit;
      await visit.goTo('/sources');
      await page.getByText('Downloading · 4 of 9 files · 734.0 MB').waitFor();
      await fits(visit, `sources-${width}`);
      await page.getByRole('link', { name: 'north clinic' }).click();
      await visit.heading('north clinic').waitFor();
      await visit.settled();
      await page.getByText('unknown key').waitFor();
      await fits(visit, `source-${width}`);
      await page.getByRole('button', { name: 'Change' }).click();
      await page.getByLabel('Address of the FHIR server').waitFor();
      await fits(visit, `source-change-${width}`);
      await page.keyboard.press('Escape');
      await visit.goTo(`/sources/${id}/runs/${runId}`);
      await page.getByText('Have the scopes of this client widened at the server').waitFor();
      await fits(visit, `source-run-${width}`);
    }
  });

  it('can be set up before anything is published', async () => {
    const visit = await Visit.open(chromium.browser, service.url, { width: 1280 });
    visits.push(visit);
    await visit.page.route('**/health/ready', (route) => route.fulfill({ status: 503, json: {} }));
    const prepared = { state: 'ready', steps: [], updatedAt: '2026-11-27T00:00:00Z' };
    await visit.page.route('**/health/progress', (route) => route.fulfill({ json: prepared }));
    await visit.signIn('admin');
    await visit.page.getByRole('link', { name: 'Sources' }).click();
    await visit.heading('Sources').waitFor();
  });

  it('that are unknown say so, and other roles do not see them', async () => {
    const visit = await admin();
    await visit.page.goto(`/sources/${randomUUID()}`);
    await visit.page.getByText('there is no such source').waitFor();
    visit.complaints.splice(0);
    const other = await Visit.open(chromium.browser, service.url, { width: 1280 });
    visits.push(other);
    await other.signIn('manager');
    expect(await other.page.getByRole('link', { name: 'Sources' }).count()).toBe(0);
    await other.page.goto('/sources');
    await other.page.getByRole('heading', { name: 'Your role does not include sources of data' }).waitFor();
  });
});
