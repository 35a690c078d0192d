// One driver for all journeys: opens an exact moment, finds objects as a keyboard or screen reader user finds them, types kubectl.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

export interface OpenOptions {
  readonly scenario?: string;
  readonly lesson?: string;
  readonly step?: number;
  readonly seed?: number;
  readonly at?: number;
  readonly play?: 0 | 1;
  readonly speed?: 1 | 10 | 100;
  readonly lang?: 'en' | 'ko';
  readonly theme?: 'light' | 'dark';
  /** `namespace/name` of the pod to look into. */
  readonly inside?: string;
}

/** How many times slower the browser is made, as playwright.config.ts tells. */
const SLOWDOWN = Number(process.env['SLOWDOWN'] ?? 1);

/** Opens the app, at words or at the fragment of a link, and waits for its stage. Every error of the page fails the test that opened it. */
export async function openApp(page: Page, options: OpenOptions | string = {}): Promise<void> {
  page.on('pageerror', (error) => {
    throw error;
  });
  if (SLOWDOWN > 1) {
    const browser = await page.context().newCDPSession(page);
    await browser.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    // What comes after the first picture comes late, too.
    await browser.send('Network.enable');
    await browser.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 200 * SLOWDOWN,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  }
  const query = (words: OpenOptions) => `?${new URLSearchParams(Object.entries(words).map(([name, value]) => [name, String(value)]))}`;
  await page.goto(typeof options === 'string' ? options : query(options));
  await expect(page.locator('[data-stage] > svg').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
}

/** The button that stands for an object on the stage, by the start of its name. */
export function objects(page: Page, name: string | RegExp): Locator {
  const pattern = typeof name === 'string' ? new RegExp(`^${name}\\b`) : name;
  return page.locator('[data-stage] button[data-object]').and(page.getByRole('button', { name: pattern, includeHidden: true }));
}

/** The pods on the stage, as `Kind/namespace/name` keys. */
export async function podKeys(page: Page): Promise<string[]> {
  const keys = await page
    .locator('[data-stage] button[data-object^="Pod/"]')
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['object'] ?? ''));
  return keys.sort();
}

const terminal = (page: Page) => page.getByRole('region', { name: 'Terminal' });

async function openTerminal(page: Page): Promise<void> {
  if (await terminal(page).isVisible()) return;
  await page.getByRole('button', { name: 'Open the terminal' }).first().click();
  await expect(terminal(page).getByRole('log')).toBeVisible();
}

/** Types a line in the terminal, opening it if need be. */
export async function typeLine(page: Page, line: string): Promise<void> {
  await openTerminal(page);
  const prompt = terminal(page).getByRole('textbox', { name: 'kubectl line' });
  await prompt.fill(line);
  await prompt.press('Enter');
}

/** Types a line and returns what it printed at once, whatever the scenario itself prints meanwhile. */
export async function kubectl(page: Page, line: string): Promise<string> {
  const entries = terminal(page).getByRole('log').locator('.entry').filter({ hasText: line });
  await openTerminal(page);
  const count = await entries.count();
  await typeLine(page, line);
  await expect(entries).toHaveCount(count + 1);
  return (await entries.last().locator('pre').allTextContents()).join('');
}

/** Pastes a text into the page, as Ctrl V anywhere does. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The drawing itself, for comparing two frames. */
export const drawing = (page: Page) => page.locator('[data-stage] svg').first().innerHTML();

export const deployment = (replicas = 3, image = 'nginx:1.25') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
      - name: web
        image: ${image}
        resources:
          requests:
            cpu: 100m
            memory: 64Mi
`;

/** What axe finds wrong on the page as it is. */
export async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
