import { startBrowser, type RunningBrowser } from './chromium';
import { startPublishedService, type PublishedService } from './published-service';
import { Visit, type VisitOptions } from './visit';

jest.setTimeout(180_000);

const farAway = '2099-01-15';

describe('the worklist in Chromium', () => {
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

  async function signedIn(
    role: 'coordinator' | 'manager' | 'quality',
    options: VisitOptions = { width: 1280 },
  ): Promise<Visit> {
    const opened = await Visit.open(chromium.browser, service.url, options);
    visits.push(opened);
    await opened.signIn(role);
    return opened;
  }

  const firstWork = ({ page }: Visit) => page.getByRole('button', { name: /^Work on/ }).first();
  const firstRow = ({ page }: Visit) => page.locator('tbody tr').first();

  /** Waits until the list says that it has so many rows. */
  const total = ({ page }: Visit, count: number) =>
    page
      .getByTestId('list-total')
      .filter({ hasText: new RegExp(`^${count} `) })
      .waitFor();

  it('logs a call and says what comes next, by keyboard alone', async () => {
    const visited = await signedIn('coordinator');
    const { page } = visited;
    await visited.goTo('/gaps?by=gap');
    await firstWork(visited).focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    // What was changed below is still there when a call is logged above.
    await drawer.getByLabel('Note', { exact: true }).fill('mammogram booked');
    await drawer.getByLabel('What was said (optional)').fill('her son answered');
    await drawer.getByRole('button', { name: 'Left a message' }).focus();
    await page.keyboard.press('Enter');
    await drawer.getByText('Phone call: left a message').waitFor();
    await drawer.getByLabel('Work status').selectOption('scheduled');
    await drawer.getByLabel('Assignee').selectOption({ label: 'Me (Casey Lindqvist)' });
    await drawer.getByLabel('Next action on').fill(farAway);
    expect(await visited.accessibilityViolations()).toEqual([]);
    await visited.screenshot('work-drawer', { fullPage: false });
    await drawer.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await drawer.waitFor({ state: 'detached' });
    const row = firstRow(visited);
    await row.getByText('mammogram booked').waitFor();
    const text = (await row.textContent()) ?? '';
    for (const part of ['open ·', 'scheduled', 'Casey Lindqvist', '1 attempt', `next ${farAway}`]) {
      expect(text).toContain(part);
    }
    // The gap is as open as before: what people do is another column.
    expect(await page.evaluate<string>('document.activeElement.textContent')).toMatch(/^Work/);
  });

  it('is filtered to what is mine, and to what nobody has begun', async () => {
    const visited = await signedIn('coordinator');
    const { page } = visited;
    await visited.goTo('/gaps?by=gap');
    const all = await visited.listTotal();
    await page.getByLabel('Assignee', { exact: true }).selectOption('me');
    await total(visited, 1);
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.getByLabel('Next action', { exact: true }).selectOption('week');
    await page.getByRole('heading', { name: 'No gap matches' }).waitFor();
    await visited.goTo('/gaps?by=gap&work=new');
    expect(await visited.listTotal()).toBe(all - 1);
  });

  it('tells the second of two people who was first, and lets them decide', async () => {
    const first = await signedIn('coordinator');
    const second = await signedIn('manager');
    for (const visited of [first, second]) {
      await visited.goTo('/gaps?by=gap&work=new');
      await firstWork(visited).click();
      await visited.page.getByRole('dialog').getByLabel('Work status').waitFor();
    }
    const theirs = first.page.getByRole('dialog');
    await theirs.getByLabel('Work status').selectOption('declined');
    await theirs.getByLabel('Why the patient declined').fill('afraid of it');
    await theirs.getByRole('button', { name: 'Save' }).click();
    await theirs.waitFor({ state: 'detached' });

    const mine = second.page.getByRole('dialog');
    await mine.getByLabel('Work status').selectOption('ordered');
    await mine.getByLabel('Note', { exact: true }).fill('kit sent');
    await mine.getByRole('button', { name: 'Save' }).click();
    const alert = mine.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(
      /coordinator@demo\.example changed this on .* ordered .*kit sent/,
    );
    expect(await mine.getByLabel('Work status').inputValue()).toBe('declined');
    expect(await mine.getByLabel('Why the patient declined').inputValue()).toBe('afraid of it');
    await second.screenshot('work-conflict', { fullPage: false });
    await alert.getByRole('button', { name: 'Put mine into the form' }).click();
    expect(await mine.getByLabel('Work status').inputValue()).toBe('ordered');
    await mine.getByRole('button', { name: 'Save' }).click();
    await mine.waitFor({ state: 'detached' });
  });

  it('gives chosen gaps to somebody together, and says when another was first', async () => {
    const visited = await signedIn('manager');
    const { page } = visited;
    await visited.goTo('/gaps?by=gap&assignee=nobody&measure=screening');
    const before = await visited.listTotal();
    const boxes = page.getByRole('checkbox', { name: /^Select/ });
    for (const index of [0, 1, 2]) await boxes.nth(index).check();
    await page.getByText('3 selected').waitFor();
    await page.getByLabel('Assign to').selectOption({ label: 'Casey Lindqvist' });
    expect(await visited.accessibilityViolations()).toEqual([]);
    await visited.screenshot('work-bulk', { fullPage: false });
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByText('3 gaps assigned').waitFor();
    await total(visited, before - 3);

    const other = await signedIn('coordinator');
    await other.goTo('/gaps?by=gap&assignee=nobody&measure=screening');
    await firstWork(other).click();
    await other.page.getByRole('dialog').getByLabel('Note', { exact: true }).fill('I do this');
    await other.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await other.page.getByRole('dialog').waitFor({ state: 'detached' });
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByLabel('Assign to').selectOption({ label: 'Casey Lindqvist' });
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/^None was assigned.*coordinator@demo\.example/);
    await total(visited, before - 3);
  });

  it('stands on the page of the patient with the contact log', async () => {
    const visited = await signedIn('coordinator');
    const { page } = visited;
    await visited.goTo('/gaps?by=gap&assignee=me&work=scheduled');
    await firstRow(visited).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Contact log and changes' }).waitFor();
    await visited.settled();
    await page.getByText('her son answered').waitFor();
    expect(await visited.accessibilityViolations()).toEqual([]);
    await visited.screenshot('patient-work');
  });

  it('is shown and not offered to who may not change it', async () => {
    const visited = await signedIn('quality');
    const { page } = visited;
    await visited.goTo('/gaps?by=gap&work=scheduled');
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Work on/ }).count()).toBe(0);
    await page.getByRole('button', { name: /^History on/ }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('her son answered').waitFor();
    expect(await drawer.getByRole('button', { name: 'Save' }).count()).toBe(0);
  });

  it('fits a phone', async () => {
    const visited = await signedIn('coordinator', { width: 390 });
    const { page } = visited;
    for (const list of ['/gaps?by=gap', '/gaps']) {
      await visited.goTo(list);
      expect({ list, pixels: await visited.sidewaysScroll() }).toEqual({ list, pixels: 0 });
    }
    await visited.screenshot('work-list-phone', { fullPage: false });
    await firstWork(visited).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Work status').selectOption('snoozed');
    const wider = `(() => { const it = document.querySelector('dialog'); return it.scrollWidth - it.clientWidth; })()`;
    expect(await page.evaluate<number>(wider)).toBeLessThanOrEqual(0);
    await visited.screenshot('work-drawer-phone', { fullPage: false });
    await drawer.getByRole('button', { name: 'In a week' }).last().click();
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.waitFor({ state: 'detached' });
    await page.locator('.work-figure', { hasText: 'snoozed' }).waitFor();
  });
});
