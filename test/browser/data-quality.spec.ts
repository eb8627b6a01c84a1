import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database, martsFolder, readPointer } from '@catchment/warehouse';
import { ClinicalApi } from '../../apps/api/testing/clinical-api';
import { publishPopulation } from '../../apps/api/testing/publish-population';
import { publishQuality } from '../../apps/api/testing/publish-quality';
import { openTemporaryStore, type TemporaryStore } from '../../libs/store/testing/temporary-store';
import { bundleWebApp } from './bundled-web-app';
import { startBrowser, type RunningBrowser } from './chromium';
import { Visit } from './visit';

jest.setTimeout(240_000);

/** The pointer to what is published is read once a second. */
const pointerMs = 1100;

/** Publishes numbers as the version before the checks did. */
async function publishUnchecked(dataDir: string): Promise<void> {
  await publishPopulation(dataDir);
  const marts = await Database.open(join(martsFolder(dataDir), readPointer(dataDir)!.file));
  await marts.main.run('alter table mapping_target drop column display');
  marts.close();
}

describe('whether the data can be trusted, in a browser', () => {
  let store: TemporaryStore;
  let webApp: string;
  let api: ClinicalApi;
  let browser: RunningBrowser;
  let url: string;
  const publish = async (runId: string): Promise<void> => {
    await publishQuality(store.settings.dataDir, store, runId);
    await sleep(pointerMs);
  };

  beforeAll(async () => {
    [store, webApp, browser] = await Promise.all([openTemporaryStore(), bundleWebApp(), startBrowser()]);
    await publishUnchecked(store.settings.dataDir);
    api = await ClinicalApi.open(store, store.settings, webApp);
    const { port } = api.application.getHttpServer().address() as AddressInfo;
    url = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await browser.close();
    await api.application.close();
    await store.close();
    rmSync(webApp, { recursive: true, force: true });
  });

  const open = async (role: 'quality' | 'manager' | 'admin', width: number): Promise<Visit> => {
    const visit = await Visit.open(browser.browser, url, { width });
    await visit.signIn(role);
    return visit;
  };

  it('says what it waits for while an earlier version published the numbers', async () => {
    const visit = await open('quality', 1280);
    for (const path of ['/quality', '/quality/measures/screening', '/quality/codes']) {
      await visit.goTo(path);
      await visit.page.getByRole('heading', { name: 'Not known yet' }).waitFor();
      await visit.page.getByText('their quality is known from the next evaluation on').waitFor();
    }
    expect(await visit.accessibilityViolations()).toEqual([]);
    await visit.screenshot('data-quality-unknown-1280');
    await visit.goTo('/measures/screening');
    await visit.page.getByText('Data quality is known from the next evaluation on.').waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it.each([1280, 390])('at %i px grades, reasons and findings are read and narrowed', async (width) => {
    await publish(`run-${width}`);
    const visit = await open('quality', width);
    const { page } = visit;
    const chip = page.getByRole('link', { name: 'data F, unreliable' });
    expect(await chip.getAttribute('href')).toBe('/quality/measures/BP');
    await page.getByRole('link', { name: 'Data quality' }).click();
    await visit.heading('Data quality').waitFor();
    const source = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'clinic' }) });
    expect(await source.textContent()).toContain('D doubtful83.3');
    expect(await source.textContent()).toContain('of Observation have no date');
    const findings = page.getByRole('region', { name: 'Findings, errors first' });
    await findings.getByText('1 resource', { exact: true }).click();
    await page.getByText('Observation/o2').waitFor();
    await page.getByLabel('Severity').selectOption('error');
    expect(await visit.listTotal()).toBe(1);
    expect(await visit.accessibilityViolations()).toEqual([]);
    expect(await visit.sidewaysScroll()).toBeLessThanOrEqual(0);
    await visit.screenshot(`data-quality-${width}`);

    await page.getByRole('link', { name: 'Pressure', exact: true }).click();
    await visit.heading('Pressure').waitFor();
    await page.getByText('50 % of what is read of Observation is usable').waitFor();
    await page.getByRole('row', { name: 'Pressures http://example.org' }).waitFor();
    expect(await visit.accessibilityViolations()).toEqual([]);
    expect(await visit.sidewaysScroll()).toBeLessThanOrEqual(0);
    await visit.screenshot(`data-quality-measure-${width}`);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it.each([1280, 390])(
    'at %i px a code is mapped by keyboard, counts, is named and withdrawn',
    async (width) => {
      await publish(`map-${width}`);
      const visit = await open('quality', width);
      const { page } = visit;
      await visit.goTo('/quality/codes');
      await visit.screenshot(`code-mapping-${width}`);
      expect(await visit.accessibilityViolations()).toEqual([]);
      await page.getByRole('button', { name: 'Map the code SYS of Observation' }).press('Enter');
      const form = page.getByRole('dialog');
      const save = form.getByRole('button', { name: 'Save the mapping' });
      expect(await save.isDisabled()).toBe(true);
      await form.getByLabel('Or another code of a value set').fill('diastolic');
      await form.getByText('No value set of a measure has such a code').waitFor();
      await form.getByLabel('Or another code of a value set').fill('pressures');
      await form.getByText('Only the suggested code is found.').waitFor();
      await form.getByRole('radio').first().press('Space');
      // p1 has a LOINC pressure already; only p2 comes in.
      await form
        .getByRole('row', { name: /^Pressure Systolic pressures (Patients who come in )?\+1$/ })
        .waitFor();
      expect(await visit.accessibilityViolations()).toEqual([]);
      await visit.screenshot(`code-mapping-form-${width}`, { fullPage: false });
      await save.press('Enter');
      // Without a reason nothing is sent.
      expect(await form.isVisible()).toBe(true);
      await form.getByLabel('Reason').fill('the clinic’s own code');
      await form.getByLabel('Reason').press('Enter');
      await form.waitFor({ state: 'detached' });
      await page.getByText('1 change of mappings waits for the next evaluation').waitFor();
      await page.getByText('by quality@demo.example; counts from the next evaluation on').waitFor();

      await publish(`mapped-${width}`);
      await visit.goTo('/quality/codes');
      await page.getByText('No code waits for a mapping').waitFor();
      await visit.goTo('/measures/BP/groups/G/patients?population=numerator');
      await page.getByRole('row').nth(2).getByRole('link').first().click();
      await visit.settled();
      await page.getByText('Pressures').first().waitFor();
      const define = page.locator('details.define').first();
      await define.locator('summary').click();
      await define
        .getByText(/counts as 8480-6 \(LOINC\) by a mapping of \d{4}-\d\d-\d\d, quality@demo.example/)
        .first()
        .waitFor();
      await visit.screenshot(`explanation-mapped-${width}`);

      await visit.goTo('/quality/mappings');
      await page.getByRole('button', { name: 'Withdraw the mapping of SYS' }).click();
      await page.getByLabel('Reason').fill(`wrong at ${width}`);
      await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
      await page.getByText(`wrong at ${width}`).waitFor();
      await page.getByText('withdrawn; counts until the next evaluation').waitFor();
      expect(await visit.accessibilityViolations()).toEqual([]);
      expect(await visit.sidewaysScroll()).toBeLessThanOrEqual(0);
      await visit.screenshot(`code-mappings-${width}`);
      expect(visit.complaints).toEqual([]);
      await visit.close();
    },
  );

  it('a practice manager reads the grade and its sentence, and no more', async () => {
    await publish('for-manager');
    const visit = await open('manager', 1280);
    const { page } = visit;
    expect(await page.getByRole('link', { name: 'Data quality' }).count()).toBe(0);
    await page.getByText('data F, unreliable').waitFor();
    await page.getByRole('link', { name: 'Pressure', exact: true }).click();
    const note = page.getByRole('note').filter({ hasText: 'Data quality' });
    expect(await note.textContent()).toContain('50 % of what is read of Observation is usable');
    expect(await note.getByRole('link').count()).toBe(0);
    await visit.screenshot('measure-quality-note-1280', { fullPage: false });
    await visit.goTo('/quality');
    await page.getByText('Your role does not include the quality of data').waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it('an administrator reads, maps nothing and sees no patient’s resources', async () => {
    await publish('for-admin');
    const visit = await open('admin', 1280);
    const { page } = visit;
    await visit.goTo('/quality');
    expect(await page.getByText('Observation/o2').count()).toBe(0);
    await visit.goTo('/quality/codes');
    await page.getByRole('row', { name: 'SYS' }).waitFor();
    expect(await page.getByRole('button', { name: /^Map the code/ }).count()).toBe(0);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });
});
