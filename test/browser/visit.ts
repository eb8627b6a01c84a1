import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { projectRoot } from '@catchment/platform';
import type { Role } from '@catchment/store';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const screenshots = join(projectRoot(), 'test', 'browser', 'screenshots');

/** What the browser itself says about an answer that the app expects: nobody signed in, not allowed, changed meanwhile, not ready. */
const expectedAnswer = /^Failed to load resource: the server responded with a status of (401|403|409|503)/;

export interface VisitOptions {
  width?: number;
  colorScheme?: 'light' | 'dark';
}

/** One person at one browser window, and everything that went wrong in it. */
export class Visit {
  /** Console errors and warnings, uncaught exceptions, requests that failed. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      const text = message.text();
      if (!['error', 'warning'].includes(message.type()) || expectedAnswer.test(text)) return;
      this.complaints.push(`${message.type()}: ${text}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`exception: ${error.message}`));
  }

  static async open(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
    const { width = 1440, colorScheme = 'light' } = options;
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width, height: 900 },
      colorScheme,
      timezoneId: 'America/New_York',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(30_000);
    return new Visit(context, await context.newPage());
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** Signs in with the demo's button. */
  async signIn(role: Role): Promise<void> {
    await this.page.goto('/');
    const names: Record<Role, string> = {
      manager: 'Practice manager',
      quality: 'Quality team',
      coordinator: 'Care coordinator',
      admin: 'Administrator',
    };
    await this.page.getByRole('button', { name: names[role] }).click();
    await this.heading('Scorecard').waitFor();
    await this.settled();
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settled();
  }

  /** Waits until the screen is there and nothing of it is still being read: no skeleton, nothing busy. */
  async settled(): Promise<void> {
    await this.page.locator('main h1').first().waitFor();
    await this.page
      .locator(`:is([role='status'], [aria-busy='true'], .skeleton)`)
      .first()
      .waitFor({ state: 'detached' });
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  /** The total that a list says of itself. */
  async listTotal(): Promise<number> {
    const text = await this.page.getByTestId('list-total').textContent();
    return numberOf(text ?? '');
  }

  async screenshot(name: string, { fullPage = true } = {}): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`), fullPage });
  }

  /** Violations of WCAG and axe's best practices, as `rule: element`. @param rules only these */
  async accessibilityViolations(rules?: string[]): Promise<string[]> {
    const options = JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) });
    const found = await this.page.evaluate<AxeResults['violations']>(
      `${axe}; axe.run(document, ${options}).then(({ violations }) => violations)`,
    );
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }

  /** How many pixels of a canvas have exactly this colour, as `red,green,blue`. */
  async pixelsOf(canvas: string, color: string): Promise<number> {
    return this.page.evaluate<number>(`(() => {
      const canvas = document.querySelector(${JSON.stringify(canvas)});
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] === 255 && data.slice(at, at + 3).join() === ${JSON.stringify(color)}) count++;
      }
      return count;
    })()`);
  }

  /** How much wider the page is than the window, in pixels: nobody should have to scroll sideways. */
  async sidewaysScroll(): Promise<number> {
    return this.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  }
}

/** `1,234 patients` → 1234. @throws when the text has no number: an empty screen is not a zero */
export function numberOf(text: string): number {
  const digits = /[\d,]+/.exec(text)?.[0];
  if (digits === undefined) throw new Error(`no number in "${text}"`);
  return Number(digits.replaceAll(',', ''));
}
