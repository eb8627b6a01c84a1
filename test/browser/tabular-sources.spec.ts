import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';
import { Source, SourceRun } from '@catchment/store';
import { startBrowser, type RunningBrowser } from './chromium';
import { startPublishedService, type PublishedService } from './published-service';
import { Visit, type VisitOptions } from './visit';

jest.setTimeout(180_000);

const examples = join(projectRoot(), 'docs/examples/csv-extract');
const example = (name: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: readFileSync(join(examples, name)),
});

describe('CSV extracts and databases in Chromium', () => {
  let service: PublishedService;
  let chromium: RunningBrowser;
  let visits: Visit[] = [];

  beforeAll(async () => {
    [service, chromium] = await Promise.all([startPublishedService(), startBrowser()]);
  });
  afterAll(async () => {
    await chromium.close();
    await service.close();
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

  it('extracts: a mapping is checked with files that wait, corrected, and kept', async () => {
    const visit = await admin();
    const { page } = visit;
    await visit.goTo('/sources');
    await page.getByRole('button', { name: 'Add a source' }).click();
    await page.getByLabel('Kind').selectOption('csv');
    await page.getByLabel('Name').fill('billing extract');
    await page.getByRole('button', { name: 'Save' }).click();
    await visit.heading('billing extract').waitFor();
    await page.getByText('There is no mapping yet').waitFor();

    const files = readdirSync(examples).filter((name) => name.endsWith('.csv'));
    const sent = files.map((name) =>
      name === 'labs.csv'
        ? {
            ...example(name),
            buffer: Buffer.from(`${readFileSync(join(examples, name), 'utf8')}1001,LDL,yesterday,99,MG/DL\n`),
          }
        : example(name),
    );
    await page.getByLabel('Files to lay into the folder').setInputFiles(sent);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('In the folder:').waitFor();

    const text = readFileSync(join(examples, 'mapping.yaml'), 'utf8');
    const chosen = (content: string) => ({
      name: 'mapping.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from(content),
    });
    await page
      .getByLabel('Mapping file')
      .setInputFiles(
        chosen(text.replace('birthDate: DOB', 'birthday: DOB').replace('F: female', 'F: woman')),
      );
    await page.getByRole('button', { name: 'Check the chosen file' }).click();
    await page.getByText('The mapping can not be used: 3 faults').waitFor();
    await page
      .getByText(/tables\.patients\.columns\.birthday \(line \d+\): is no element of patients/)
      .waitFor();
    await fits(visit, 'csv-mapping-faults');

    await page.getByLabel('Mapping file').setInputFiles(chosen(text));
    await page.getByRole('button', { name: 'Check the chosen file' }).click();
    await page
      .getByText('labs.csv, RESULT_TIME: its value is no date in any of the formats (line 6)')
      .waitFor();
    await page.getByText('A resource of each table, without what identifies').click();
    await page.getByRole('button', { name: 'Keep as new version' }).click();
    await page.getByText(/Version 1, mapping\.yaml, given by/).waitFor();
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText(/can be used; tables: organizations, practitioners/).waitFor();
    await fits(visit, 'csv-source');
  });

  it('databases: set up, given a password that is not shown again, and tried', async () => {
    const visit = await admin();
    const { page } = visit;
    await visit.goTo('/sources');
    await page.getByRole('button', { name: 'Add a source' }).click();
    await page.getByLabel('Kind').selectOption('sql');
    await page.getByLabel('Name').fill('warehouse of the group');
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByLabel('Port').fill('1');
    await page.getByLabel('Database', { exact: true }).fill('emr');
    await page.getByLabel('User').fill('reader');
    await page.getByLabel('Encrypted connection').selectOption('off');
    await page.getByLabel('Table or view').fill('fhir.resource');
    await page.getByLabel('Column of the last change').fill('changed_at');
    await fits(visit, 'sql-form');
    await page.getByRole('button', { name: 'Save' }).click();
    await visit.heading('warehouse of the group').waitFor();
    await page.getByLabel('Password of reader').fill('not to be seen');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByText('A password is kept.').waitFor();
    expect(await page.getByLabel('Password of reader').inputValue()).toBe('');
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('cannot be reached (ECONNREFUSED)').waitFor();
    expect(await page.content()).not.toContain('not to be seen');
    await fits(visit, 'sql-source');
  });

  it('databases: a loss can be allowed after a run that was stopped by it, and after no other', async () => {
    const { dataSource } = service.store;
    const sources = dataSource.getRepository(Source);
    const source = await sources.findOneByOrFail({ name: 'warehouse of the group' });
    await sources.update(source.id, { configuration: { ...source.configuration, removesMissing: true } });
    const failedRun = (
      day: number,
      run: Pick<SourceRun, 'error'> & Partial<Pick<SourceRun, 'findings'>>,
    ): Promise<unknown> => {
      const at = new Date(`2026-11-${day}T07:15:00Z`);
      const ended = {
        state: 'failed',
        startedBy: 'schedule',
        queuedAt: at,
        startedAt: at,
        endedAt: at,
      } as const;
      return dataSource
        .getRepository(SourceRun)
        .insert({ sourceId: source.id, jobId: `job-${day}`, attempts: 1, ...ended, ...run });
    };
    await failedRun(26, { error: '127.0.0.1 cannot be reached (ECONNREFUSED)' });
    const visit = await admin();
    const { page } = visit;
    const allow = page.getByRole('button', { name: 'Pull now and allow the loss' });
    await visit.goTo('/sources');
    await page.getByRole('link', { name: 'warehouse of the group' }).click();
    await page.getByText('cannot be reached').first().waitFor();
    expect(await allow.count()).toBe(0);

    await failedRun(27, {
      error: 'the whole read: 900 of the 1000 resources that are known are not in it any more',
      findings: [{ code: 'too-much-gone', severity: 'error', text: 'more is gone than may go at once' }],
    });
    await visit.goTo('/sources');
    await page.getByRole('link', { name: 'warehouse of the group' }).click();
    await allow.waitFor();
    await fits(visit, 'sql-loss');
    const asked = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/runs'),
    );
    await allow.click();
    expect((await asked).postDataJSON()).toEqual({ allowsLoss: true });
    await page.getByText('Under way').first().waitFor();
  });

  it('on a phone, with a run that was refused', async () => {
    const { id } = await service.store.dataSource
      .getRepository(Source)
      .findOneByOrFail({ name: 'billing extract' });
    const at = new Date('2026-11-27T07:15:00Z');
    await service.store.dataSource.getRepository(SourceRun).insert({
      sourceId: id,
      jobId: 'job',
      state: 'failed',
      startedBy: 'arrival',
      queuedAt: at,
      startedAt: at,
      endedAt: new Date(at.getTime() + 9_000),
      attempts: 1,
      error:
        'nothing was applied: the header lacks the columns DOB; it has PAT_ID, LAST_NAME, FIRST_NAME, BIRTH_DATE, SEX. Correct the names in the mapping or in the file, and check delimiter and encoding (file patients.csv, line 1). Correct the file, or the mapping, and send all files of the drop again; they lie in the folder "refused"',
    });
    const visit = await admin({ width: 390 });
    await visit.goTo('/sources');
    await fits(visit, 'tabular-sources-phone');
    await visit.goTo(`/sources/${id}`);
    await visit.page.getByRole('button', { name: 'Check', exact: true }).click();
    await visit.page.getByText('Rows that would be set aside').waitFor();
    await fits(visit, 'csv-source-phone');
    await visit.page
      .getByRole('link', { name: /2026|Nov/ })
      .first()
      .click();
    // The page of the source says the same of its last run.
    await visit.heading('Pull of ').waitFor();
    await visit.page.getByText('nothing was applied').waitFor();
    await fits(visit, 'csv-run-phone');
  });
});
