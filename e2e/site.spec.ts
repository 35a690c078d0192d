// The site as it is published: under a strict policy, asking no other host, without the network, and as one file from a disk.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { kubectl, objects, openApp } from './app.ts';

/** What the policy refused, and whom the page asked; read at the end. */
async function watch(page: Page): Promise<{ readonly violations: string[]; readonly hosts: Set<string> }> {
  const violations: string[] = [];
  const hosts = new Set<string>();
  await page.exposeFunction('tellViolation', (text: string) => violations.push(text));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      (window as unknown as { tellViolation(text: string): void }).tellViolation(
        `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`,
      ),
    );
  });
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http')) hosts.add(host);
  });
  return { violations, hosts };
}

test('runs under a strict policy, editor and dialogs included, and asks no other host', async ({ page, baseURL }) => {
  const seen = await watch(page);
  await openApp(page, { scenario: 'cookie-cutter', play: 0 });
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).not.toContain('unsafe');
  await page.getByRole('tab', { name: 'YAML' }).click();
  const line = page.locator('.cm-line', { hasText: 'nginx:1.25' }).first();
  await line.click();
  await page.keyboard.press('End');
  await page.keyboard.type('.1');
  await expect(page.locator('.cm-line', { hasText: 'nginx:1.25.1' })).toBeVisible();
  // Styles that the policy had refused would leave the lines in the page's typeface.
  expect(await line.evaluate((element) => getComputedStyle(element).fontFamily)).toContain('Mono');
  await page.getByRole('button', { name: 'Find or do' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await kubectl(page, 'kubectl get rs')).toContain('web');
  expect(seen.violations).toEqual([]);
  expect([...seen.hosts]).toEqual([new URL(baseURL ?? '').host]);
});

test('runs without the network after the first visit, in every part', async ({ page, context }) => {
  await openApp(page, { scenario: 'cookie-cutter', play: 0 });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.goto('?scenario=drain&play=0');
  await expect(objects(page, 'web')).not.toHaveCount(0);
  expect(await kubectl(page, 'kubectl get nodes')).toContain('node-a');
  await objects(page, 'node-a').first().dispatchEvent('click');
  await page.getByRole('tab', { name: 'YAML' }).click();
  await expect(page.locator('.cm-line').first()).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).first().click();
  for (const name of ['Save PNG', 'Save GIF']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    expect(statSync(await download.path()).size).toBeGreaterThan(5_000);
  }
  await page.goto('?scenario=two-containers&at=20000&play=0&lang=ko');
  await page.locator('[data-stage] button[data-object^="Pod/"]').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-inside] > svg')).toBeVisible();
  await page.goto('?lesson=sharing&step=2&play=0');
  await expect(page.getByRole('heading').first()).toBeVisible();
  await page.goto('embed.html?scenario=rolling-update&start=now');
  await expect(page.locator('button[data-object^="Pod/"]')).not.toHaveCount(0);
});

test('can be installed', async ({ page, baseURL }) => {
  await openApp(page);
  const url = await page.locator('link[rel="manifest"]').evaluate((link) => (link as HTMLLinkElement).href);
  const manifest = await (await page.request.get(url)).json();
  expect(new URL(manifest.start_url, url).href).toBe(baseURL);
  for (const icon of manifest.icons) expect((await page.request.get(new URL(icon.src, url).href)).ok()).toBe(true);
});

test('opens as one file from a disk', async ({ page }) => {
  const seen = await watch(page);
  const url = pathToFileURL(join(import.meta.dirname, '..', 'single', 'podarium.html')).href;
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${url}?scenario=self-healing&play=0`);
  await expect(objects(page, 'web')).not.toHaveCount(0);
  expect(await kubectl(page, 'kubectl get deploy')).toContain('web');
  expect(seen.violations).toEqual([]);
  expect(seen.hosts.size).toBe(0);
});
