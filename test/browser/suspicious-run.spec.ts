import { EvaluationRunRecord } from '@catchment/store';
import { startBrowser, type RunningBrowser } from './chromium';
import { startPublishedService, type PublishedService } from './published-service';
import { Visit } from './visit';

jest.setTimeout(180_000);

describe('a run with suspicious data, in a browser', () => {
  let service: PublishedService;
  let browser: RunningBrowser;

  beforeAll(async () => {
    [service, browser] = await Promise.all([startPublishedService(), startBrowser()]);
  });

  afterAll(async () => {
    await browser.close();
    await service.close();
  });

  async function hold(id: string): Promise<void> {
    await service.store.dataSource.getRepository(EvaluationRunRecord).insert({
      id,
      measures: [{ measureId: 'screening', canonical: 'urn:fixture:Measure/screening', version: '0.1.0' }],
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      dataSnapshot: { dataAsOf: '2026-11-25T00:00:00Z', patients: 60 },
      startedBy: 'new data',
      engineVersion: 'fixture',
      reason: 'new data of clinic',
      startedAt: new Date('2026-11-25T06:00:00Z'),
      state: 'suspicious',
      suspicions: [
        { kind: 'fewer-patients', before: 75, now: 60 },
        { kind: 'fewer-resources', type: 'Observation', before: 5013, now: 4120 },
      ],
      heldFile: `${id}.duckdb`,
    });
  }

  it.each([1280, 390])('at %i px every screen says so, and quality decides with a reason', async (width) => {
    await hold(`run-${width}`);
    const visit = await Visit.open(browser.browser, service.url, { width });
    const { page } = visit;
    await visit.signIn('quality');
    const banner = page.getByRole('complementary', { name: 'Numbers are held back' });
    // 893 of 5,013 and 15 of 75 are missing.
    const text = (await banner.textContent())!.replaceAll(/\s/g, ' ');
    expect(text).toContain('Patients: 60 instead of 75 (20.0 % fewer)');
    expect(text).toContain('Observation: 4,120 instead of 5,013 (17.8 % fewer)');
    await banner.getByRole('link', { name: 'Look at the run' }).click();
    await visit.heading('Evaluation runs').waitFor();
    await visit.settled();
    expect(await visit.accessibilityViolations()).toEqual([]);
    expect(await visit.sidewaysScroll()).toBeLessThanOrEqual(0);
    await visit.screenshot(`suspicious-run-${width}`);

    await page.getByRole('button', { name: 'Dismiss' }).click();
    const drawer = page.getByRole('dialog', { name: 'Dismiss this run' });
    await drawer.getByRole('button', { name: 'Dismiss' }).click();
    // Without a reason nothing is sent.
    expect(await drawer.count()).toBe(1);
    await drawer.getByLabel('Reason').fill('the feed was cut short');
    await visit.screenshot(`suspicious-run-decision-${width}`, { fullPage: false });
    await drawer.getByRole('button', { name: 'Dismiss' }).click();
    await page
      .getByText(/Dismissed by quality@demo\.example on .*: the feed was cut short/)
      .first()
      .waitFor();
    await banner.waitFor({ state: 'detached' });
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it('tells a coordinator that numbers are held back, and no figures', async () => {
    await hold('run-coordinator');
    const visit = await Visit.open(browser.browser, service.url);
    await visit.signIn('coordinator');
    const banner = visit.page.getByRole('complementary', { name: 'Numbers are held back' });
    const text = await banner.textContent();
    expect(text).toContain('Somebody has to check it');
    expect(text).not.toContain('75');
    expect(await banner.getByRole('link').count()).toBe(0);
    await visit.close();
  });
});
