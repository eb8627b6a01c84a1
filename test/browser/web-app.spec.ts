import type { Role } from '@catchment/store';
import type { Scorecard } from '../../apps/api/src/clinical/contract';
import { startBrowser, type RunningBrowser } from './chromium';
import { publishedRun, recordWork, reportFile, startPublishedService } from './published-service';
import type { PublishedService } from './published-service';
import { numberOf, Visit, type VisitOptions } from './visit';

jest.setTimeout(180_000);

/** Headings of screens that the navigation calls by another name. */
const headings: Record<string, string> = { Runs: 'Evaluation runs', Identity: 'One person or two' };

describe('the web app in Chromium', () => {
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

  /** Whatever a test did: nothing may have gone wrong in the browser unseen. */
  afterEach(async () => {
    const complaints = visits.flatMap((visit) => visit.complaints);
    await Promise.all(visits.map((visit) => visit.close()));
    visits = [];
    expect(complaints).toEqual([]);
  });

  async function visit(options?: VisitOptions): Promise<Visit> {
    const opened = await Visit.open(chromium.browser, service.url, options);
    visits.push(opened);
    return opened;
  }

  async function signedIn(role: Role, options?: VisitOptions): Promise<Visit> {
    const opened = await visit(options);
    await opened.signIn(role);
    return opened;
  }

  describe('signing in', () => {
    it('says what is wrong with a password, and keeps the person on the page', async () => {
      const { page } = await visit();
      await page.goto('/runs');
      await page.getByLabel('Email').fill('manager@demo.example');
      await page.getByLabel('Password').fill('not the password');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Sign in');
    });

    it.each<[Role, string[]]>([
      ['manager', ['Scorecard', 'Care gaps', 'Cohorts', 'Reports', 'Runs', 'Attribution']],
      [
        'quality',
        ['Scorecard', 'Care gaps', 'Cohorts', 'Reports', 'Runs', 'Identity', 'Attribution', 'Data quality'],
      ],
      ['coordinator', ['Scorecard', 'Care gaps', 'Cohorts']],
      ['admin', ['Scorecard', 'Cohorts', 'Reports', 'Runs', 'Data quality', 'Sources']],
    ])('shows the %s the screens of that role, and each opens', async (role, screens) => {
      const visited = await signedIn(role);
      const { page } = visited;
      const links = page.getByRole('navigation', { name: 'Screens' }).getByRole('link');
      expect(await links.allTextContents()).toEqual(screens);
      for (const screen of screens) {
        await links.filter({ hasText: screen }).click();
        await page.locator('main h1', { hasText: headings[screen] ?? screen }).waitFor();
        await visited.settled();
        expect(await page.getByRole('alert').count()).toBe(0);
      }
    });

    it('shows numbers without lists to who may see no patient', async () => {
      const { page } = await signedIn('admin');
      expect(await page.locator('a[data-population]').count()).toBe(0);
      await page.goto('/gaps');
      await page.getByRole('heading', { name: 'Your role does not include care gaps' }).waitFor();
    });

    it('ends with signing out', async () => {
      const { page } = await signedIn('manager');
      await page.getByRole('link', { name: 'Cohorts' }).click();
      await page.getByRole('button', { name: 'Morgan Reyes' }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
      await page.goBack();
      await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    });
  });

  describe('a number and its list', () => {
    /** Opens every number of a screen, as a person would, and compares it with the total of the list. */
    async function compareEveryNumber(visited: Visit): Promise<number> {
      const { page } = visited;
      const links = page.locator('a[data-population]');
      const count = await links.count();
      for (let index = 0; index < count; index++) {
        const link = links.nth(index);
        const name = await link.getAttribute('aria-label');
        const shown = numberOf((await link.textContent()) ?? '');
        await link.click();
        await page.getByTestId('list-total').waitFor();
        await visited.settled();
        expect({ name, total: await visited.listTotal() }).toEqual({ name, total: shown });
        await page.goBack();
        await links.nth(count - 1).waitFor();
      }
      return count;
    }

    it('are equal everywhere on the scorecard', async () => {
      const visited = await signedIn('manager');
      await visited.screenshot('scorecard');
      // five rows, of which four are proportions of two terms and a number of open gaps at least
      expect(await compareEveryNumber(visited)).toBeGreaterThan(14);
    });

    it('are equal on a measure page under a filter, and for its reasons', async () => {
      const visited = await signedIn('manager');
      const { page } = visited;
      await visited.goTo('/measures/screening?site=north');
      await visited.screenshot('measure');
      expect(await compareEveryNumber(visited)).toBeGreaterThan(8);
      await visited.goTo('/measures/screening?site=north');
      const reasons = await page.locator('section[aria-labelledby="failures"] a').all();
      expect(reasons.length).toBeGreaterThan(0);
      const [first] = reasons;
      const shown = numberOf((await first!.textContent()) ?? '');
      await first!.click();
      await visited.heading('Care gaps').waitFor();
      await visited.settled();
      expect(await visited.listTotal()).toBe(shown);
    });

    it('are equal for the members of a cohort', async () => {
      const visited = await signedIn('coordinator');
      const { page } = visited;
      await visited.goTo('/cohorts');
      await visited.screenshot('cohorts');
      const members = page.getByRole('link', { name: /members of Diabetes/ });
      const shown = numberOf((await members.textContent()) ?? '');
      expect(shown).toBeGreaterThan(0);
      await members.click();
      await visited.heading('Diabetes').waitFor();
      await page.getByTestId('list-total').waitFor();
      expect(await visited.listTotal()).toBe(shown);
      await visited.screenshot('cohort');
    });

    it('is withheld where a stratum is small', async () => {
      const visited = await signedIn('quality');
      const { page } = visited;
      await visited.goTo('/measures/glycemic');
      await page.getByLabel('Stratify by').selectOption({ label: 'Race' });
      const strata = page.getByRole('region', { name: 'Rate by Race' });
      await strata.getByText('withheld').first().waitFor();
      // nothing but dashes beside what is withheld
      const row = strata.getByRole('row').filter({ hasText: 'withheld' }).first();
      expect(await row.getByRole('cell').allTextContents()).toEqual(['withheld', '–']);
    });
  });

  describe('why', () => {
    it('opens beside the list by keyboard, and gives the focus back', async () => {
      const visited = await signedIn('quality');
      const { page } = visited;
      await visited.goTo('/measures/glycemic/groups/main/patients?population=open-gap');
      const why = page.getByRole('button', { name: /^Why: / }).first();
      await why.focus();
      await page.keyboard.press('Enter');
      const drawer = page.getByRole('dialog', { name: 'Why this result' });
      await drawer.getByRole('heading', { name: 'Criteria' }).waitFor();
      await visited.screenshot('why');
      expect(await visited.accessibilityViolations()).toEqual([]);
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
      expect(await why.evaluate((element) => element.matches(':focus'))).toBe(true);
    });

    it('stands on the patient page with criteria, their text and the evidence', async () => {
      const visited = await signedIn('coordinator');
      const { page } = visited;
      await visited.goTo('/measures/glycemic/groups/main/patients?population=open-gap');
      const link = page.locator('.patient-cell > a').first();
      const name = (await link.textContent()) ?? '';
      await link.click();
      await visited.heading(name).waitFor();
      const reasons = page.getByTestId('why');
      await reasons.getByRole('link', { name: 'Glycemic status > 9 %' }).waitFor();
      await reasons.locator('summary', { hasText: 'visits' }).click();
      await reasons.getByText('define "visits"').waitFor();
      await reasons
        .getByRole('region', { name: 'Evidence: visits' })
        .getByText('Observation/')
        .first()
        .waitFor();
      await visited.screenshot('patient');
      // A tab's title stays in the browser's history.
      expect(await page.title()).toBe('Patient · Catchment');
      expect(page.url()).not.toMatch(/MRN|p\d+$/);
    });

    it('calls what was not evaluated so, and neither zero nor "no gap"', async () => {
      const visited = await signedIn('coordinator');
      const { page } = visited;
      // Person 16 is in no result of the fixture, but has hypertension.
      await visited.goTo('/cohorts/hypertension');
      await page.getByLabel('Find by name or MRN').fill('MRN-1016');
      await page
        .getByRole('row', { name: /MRN-1016/ })
        .locator('.patient-cell > a')
        .click();
      await page.getByText('not evaluated').first().waitFor();
      // the five measures of the fixture
      expect(await page.getByText('not evaluated', { exact: true }).count()).toBe(5);
    });

    it('stays open where it was opened before the search of the list had ended', async () => {
      const visited = await signedIn('coordinator');
      const { page } = visited;
      // The screen comes later than the search waits.
      await page.route('**/PatientPage-*.js', async (route) => {
        await page.waitForTimeout(1500);
        await route.continue();
      });
      await visited.goTo('/cohorts/hypertension');
      const link = page.locator('.patient-cell > a').first();
      const name = (await link.textContent()) ?? '';
      await page.getByLabel('Find by name or MRN').fill('MRN-10');
      await link.click();
      await visited.heading(name).waitFor();
      expect(page.url()).toContain('/patients/');
    });
  });

  describe('targets', () => {
    it('are set where the rate stands, and lower is better where it is', async () => {
      const visited = await signedIn('manager');
      const { page } = visited;
      const manager = await service.api.as('manager');
      const { rows } = await manager.get<Scorecard>('/api/scorecard');
      const { performanceNumerator, performanceDenominator } = rows.find(
        ({ measureId }) => measureId === 'glycemic',
      )!.counts;
      // half of what the rate is now, in whole percent
      const percent = Math.floor((50 * performanceNumerator!) / performanceDenominator!);
      const fewer = performanceNumerator! - Math.floor((percent * performanceDenominator!) / 100);
      await visited.goTo('/measures/glycemic');
      await page.getByRole('button', { name: 'Set target' }).click();
      await page.keyboard.type(`${percent}`);
      await page.keyboard.press('Enter');
      await page.getByText(`Target ≤ ${percent} %`).waitFor();
      await page.getByText(`${fewer} fewer patients`).waitFor();
      await visited.goTo('/scorecard');
      await page
        .getByRole('row', { name: /Glycemic status/ })
        .getByText(`${fewer} fewer patients`)
        .waitFor();
      expect(await page.getByRole('button', { name: 'Set target' }).count()).toBe(0);
    });

    it('are not offered to who may not set them', async () => {
      const visited = await signedIn('quality');
      await visited.goTo('/measures/screening');
      expect(await visited.page.getByRole('button', { name: /target$/ }).count()).toBe(0);
    });
  });

  describe('the gap list', () => {
    it('is filtered, searched, paged and exported with the same total', async () => {
      const visited = await signedIn('coordinator');
      const { page } = visited;
      const coordinator = await service.api.as('coordinator');
      const { rows } = await coordinator.get<Scorecard>('/api/scorecard');
      const open = rows.reduce((sum, row) => sum + row.openGaps, 0);
      await visited.goTo('/gaps?by=gap');
      expect(await visited.listTotal()).toBe(open);

      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText(`51–${Math.min(100, open)} of ${open}`).waitFor();
      await page.getByRole('button', { name: 'Previous' }).click();
      await page.getByText(`1–50 of ${open}`).waitFor();

      const glycemic = rows.find(({ measureId }) => measureId === 'glycemic')!.openGaps;
      await page.getByLabel('Measure', { exact: true }).selectOption({ label: 'Glycemic status > 9 %' });
      await page
        .getByTestId('list-total')
        .filter({ hasText: `${glycemic}` })
        .waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export CSV' }).click(),
      ]);
      const lines = await text(await download.createReadStream());
      // a heading and one row per gap
      expect(lines.trimEnd().split(/\r?\n/)).toHaveLength(glycemic + 1);

      await page.getByLabel('Find by name or MRN').fill('nobody of that name');
      await page.getByRole('heading', { name: 'No gap matches' }).waitFor();
      expect(page.url()).not.toContain('nobody');
    });

    it('shows what people do beside what was computed', async () => {
      const coordinator = await service.api.as('coordinator');
      const { rows } = await coordinator.get<{ rows: { patientId: string; mrn: string }[] }>('/api/gaps', {
        by: 'gap',
        measure: 'screening',
      });
      const { patientId, mrn } = rows.find((row) => row.mrn)!;
      await recordWork(service.store, { patientId, measureId: 'screening', groupId: 'main' });
      const visited = await signedIn('coordinator');
      const { page } = visited;
      await visited.goTo('/gaps?by=gap&measure=screening');
      await page.getByLabel('Find by name or MRN').fill(mrn);
      const row = page.getByRole('row', { name: new RegExp(mrn) });
      await row.getByText('attempted').waitFor();
      await row.getByText('2 attempts, last 2026-11-20').waitFor();
      await row.getByText('next 2026-11-27').waitFor();
      await row.getByText('open').first().waitFor();
      await visited.screenshot('gaps');
    });
  });

  describe('runs and reports', () => {
    it('shows what was published, what failed and why, and takes a new run', async () => {
      const visited = await signedIn('quality');
      const { page } = visited;
      await visited.goTo('/runs');
      await page
        .getByRole('row', { name: new RegExp(publishedRun) })
        .getByText('published')
        .waitFor();
      await page.getByText('no value set urn:fixture:missing').waitFor();
      await page.getByRole('button', { name: 'Start a run' }).click();
      await page.getByLabel('Reason').fill('value sets of November');
      await page.keyboard.press('Enter');
      const queued = page.getByRole('row', { name: /value sets of November/ });
      await queued.getByText('queued').waitFor();
      await visited.screenshot('runs');
    });

    it('gives the files of a delivery and makes a report now', async () => {
      const visited = await signedIn('manager');
      const { page } = visited;
      await visited.goTo('/reports');
      await page.getByText('every Monday at 06:00').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: reportFile }).click(),
      ]);
      expect(await text(await download.createReadStream())).toBe('%PDF-1.7 fixture');
      await page.getByRole('button', { name: /^Make now/ }).click();
      await page.getByRole('row', { name: /queued/ }).waitFor();
      await visited.screenshot('reports');
    });
  });

  describe('what goes wrong', () => {
    it('is said with a way to try again', async () => {
      const visited = await signedIn('manager');
      const { page } = visited;
      const problem = {
        type: 'about:blank',
        title: 'The service is busy',
        status: 503,
        detail: 'Ask again.',
      };
      await page.route('**/api/cohorts', (route) =>
        route.fulfill({ status: 503, contentType: 'application/problem+json', json: problem }),
      );
      await page.goto('/cohorts');
      await page.getByRole('alert').getByText('The service is busy').waitFor();
      await visited.screenshot('problem');
      await page.unroute('**/api/cohorts');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('rowheader', { name: 'Diabetes' }).waitFor();
    });

    it('leads from an address that is none back to the scorecard', async () => {
      const visited = await signedIn('manager');
      await visited.goTo('/nothing/here');
      await visited.page.getByRole('link', { name: 'Open the scorecard' }).click();
      await visited.heading('Scorecard').waitFor();
    });

    it('shows the preparation until the first numbers are there', async () => {
      const visited = await visit();
      const { page } = visited;
      const step = {
        name: 'load',
        title: 'Loading',
        state: 'running',
        percent: 42,
        detail: '1000 resources',
      };
      await page.route('**/health/ready', (route) => route.fulfill({ status: 503, json: {} }));
      await page.route('**/health/progress', (route) =>
        route.fulfill({ json: { state: 'preparing', steps: [step], updatedAt: '2026-11-24T00:00:00Z' } }),
      );
      await page.goto('/');
      await page.getByText('42 %').first().waitFor();
      await visited.screenshot('start-up');
      expect(await visited.accessibilityViolations()).toEqual([]);
      await page.unroute('**/health/ready');
      await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
      await visited.screenshot('sign-in');
      expect(await visited.accessibilityViolations()).toEqual([]);
    });
  });

  describe('for everybody', () => {
    const screens = [
      '/scorecard',
      '/measures/screening',
      '/measures/screening/groups/main/patients?population=denominator',
      '/cohorts',
      '/cohorts/diabetes',
      '/gaps',
      '/gaps?by=gap',
      '/reports',
      '/runs',
    ];

    it.each<[string, VisitOptions, string[] | undefined]>([
      ['light', {}, undefined],
      ['dark', { colorScheme: 'dark' }, ['color-contrast']],
    ])('has no accessibility violation: %s', async (name, options, rules) => {
      const visited = await signedIn('quality', options);
      const found: string[] = [];
      for (const path of screens) {
        await visited.goTo(path);
        found.push(
          ...(await visited.accessibilityViolations(rules)).map((violation) => `${path} ${violation}`),
        );
        await visited.screenshot(`${name} ${fileName(path)}`, { fullPage: name === 'light' });
      }
      expect(found).toEqual([]);
    });

    it('fits a phone without scrolling sideways', async () => {
      const visited = await signedIn('quality', { width: 390 });
      for (const path of screens) {
        await visited.goTo(path);
        await visited.screenshot(`phone ${fileName(path)}`, { fullPage: false });
        expect({ path, pixels: await visited.sidewaysScroll() }).toEqual({ path, pixels: 0 });
      }
    });

    // Reduced motion once turned the reading of the theme into a transition, and every line into the text's colour.
    it.each<[string, VisitOptions, string]>([
      ['light', {}, '18,69,107'],
      ['dark', { colorScheme: 'dark' }, '142,197,242'],
    ])('draws charts in the colours of the theme: %s', async (_, options, accent) => {
      const visited = await signedIn('manager', options);
      await visited.goTo('/measures/screening');
      await visited.page.getByRole('figure', { name: 'Trend' }).locator('canvas').waitFor();
      expect(await visited.pixelsOf('figure canvas', accent)).toBeGreaterThan(100);
    });
  });
});

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function fileName(path: string): string {
  return path.replace(/[/?=]+/g, '-').slice(1);
}
