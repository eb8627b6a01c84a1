import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { ClinicalApi } from '../../apps/api/testing/clinical-api';
import { publishPersons } from '../../apps/api/testing/publish-persons';
import { openTemporaryStore, type TemporaryStore } from '../../libs/store/testing/temporary-store';
import { bundleWebApp } from './bundled-web-app';
import { startBrowser, type RunningBrowser } from './chromium';
import { Visit } from './visit';

jest.setTimeout(180_000);

describe('one person or two, and who answers for whom, in a browser', () => {
  let store: TemporaryStore;
  let webApp: string;
  let api: ClinicalApi;
  let browser: RunningBrowser;
  let url: string;

  beforeAll(async () => {
    [store, webApp, browser] = await Promise.all([openTemporaryStore(), bundleWebApp(), startBrowser()]);
    await publishPersons(store.settings.dataDir, store, 'run-1');
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

  it.each([1280, 390])(
    'at %i px a pair is compared, decided with a reason, and the decision undone',
    async (width) => {
      const visit = await Visit.open(browser.browser, url, { width });
      const { page } = visit;
      await visit.signIn('quality');
      await visit.goTo('/identity');
      const pair = page.getByRole('region', { name: /^Records of / });
      expect(await pair.count()).toBe(1);
      const phone = pair.getByRole('row').filter({ hasText: 'Phone' });
      expect(await phone.textContent()).toContain('different');
      expect(await visit.accessibilityViolations()).toEqual([]);
      await visit.screenshot(`identity-${width}`);

      await pair.getByRole('button', { name: 'One person: merge' }).click();
      await pair.getByRole('button', { name: 'Merge', exact: true }).click();
      // Without a reason nothing is sent.
      expect(await pair.count()).toBe(1);
      await pair.getByLabel('Reason').fill('same insurance card');
      await pair.getByRole('button', { name: 'Merge', exact: true }).click();
      await page.getByText('Nothing waits for a decision').waitFor();

      await page.getByRole('button', { name: 'Decisions' }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByLabel('Reason').fill(`wrong card at ${width}`);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText(`wrong card at ${width}`).waitFor();
      expect(await visit.accessibilityViolations()).toEqual([]);
      await page.getByRole('button', { name: 'To be decided' }).click();
      await pair.waitFor();
      expect(visit.complaints).toEqual([]);
      await visit.close();
    },
  );

  it.each([1280, 390])('at %i px a rule is tried before it is chosen', async (width) => {
    const visit = await Visit.open(browser.browser, url, { width });
    const { page } = visit;
    await visit.signIn('manager');
    await visit.goTo('/attribution');
    await page.getByText('Nobody would move').waitFor();
    await page.getByRole('button', { name: 'Earlier: Most visits' }).click();
    await page.getByRole('row', { name: 'north clinic south clinic 1' }).waitFor();
    expect(await visit.accessibilityViolations()).toEqual([]);
    await visit.screenshot(`attribution-${width}`);
    await page.getByRole('button', { name: 'Back to the rule that holds' }).click();
    await page.getByText('Nobody would move').waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });
});
