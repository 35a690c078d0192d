// The examples of src/docs/element.md, in pages of another site as they stand there; and the words that name a lesson.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const OTHER = 'http://docs.example/';
const page = readFileSync(join(import.meta.dirname, '..', 'src', 'docs', 'element.md'), 'utf8');
const examples = [...page.matchAll(/^```html\n(.*?)^```/gms)].map(([, html]) => html ?? '');

test('the examples of the element and of the frame show their worlds', async ({ page: tab, baseURL }) => {
  const [element = '', frame = '', methods = ''] = examples.map((html) =>
    html.replaceAll('"podarium.js"', `"${baseURL}podarium.js"`).replaceAll('"embed.html', `"${baseURL}embed.html`),
  );
  await tab.route(`${OTHER}**`, (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html>${element}${frame}` }),
  );
  await tab.goto(OTHER);
  await expect(tab.locator('podarium-world').getByText('What happens to these three pods?')).toBeVisible();
  await expect(tab.frameLocator('iframe').getByRole('button', { name: /^실행하기/ })).toBeVisible();
  await tab.route(`${OTHER}methods`, (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html>${methods}` }),
  );
  await tab.goto(`${OTHER}methods`);
  await expect(tab.locator('output')).toHaveText(/^at \d+ ms, playing: true$/, { timeout: 60_000 });
});

test('a step of a lesson opens on its world, with what the lesson says', async ({ page: tab, baseURL }) => {
  await tab.goto(`${baseURL}embed.html?lesson=scheduling&step=2&start=now&lang=ko`);
  const world = tab.locator('podarium-world');
  await expect(world.locator('header')).toContainText('스케줄링과 파드가 기다리는 이유', { timeout: 60_000 });
  await expect(world.locator('.step')).not.toBeEmpty();
  await expect(world.getByRole('link')).toHaveAttribute('href', /\?lesson=scheduling&step=2&lang=ko$/);
});

test('the poster says what a press on Run loads', async ({ page: tab, baseURL }) => {
  await tab.goto(`${baseURL}embed.html?scenario=cookie-cutter`);
  const text = (await tab.locator('podarium-world small').textContent()) ?? '';
  const kilobytes = Number(/Loads (\d+) kB/.exec(text)?.[1]);
  const budget = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'src', 'build', 'budget.json'), 'utf8'));
  const { bytes } = budget['everything to run one scenario in a document'];
  expect(kilobytes * 1000).toBeGreaterThan(bytes - budget['the script of a poster'].bytes - 4000);
  expect(kilobytes * 1000).toBeLessThan(bytes + 4000);
});

test('the poster of a world without a tape says about what it loads, too', async ({ page: tab, baseURL }) => {
  await tab.goto(`${baseURL}embed.html?scenario=init-first`);
  const text = (await tab.locator('podarium-world small').textContent()) ?? '';
  const loaded: Promise<number>[] = [];
  tab.on('response', (response) => {
    loaded.push(response.body().then((body) => (response.url().endsWith('.woff2') ? body : gzipSync(body)).length));
  });
  await tab.locator('podarium-world button').first().click();
  await expect(tab.locator('button[data-object^="Pod/"]')).not.toHaveCount(0);
  const bytes = (await Promise.all(loaded)).reduce((sum, size) => sum + size, 0);
  const kilobytes = Number(/Loads (\d+) kB/.exec(text)?.[1]);
  expect(kilobytes / (bytes / 1000)).toBeGreaterThan(0.8);
  expect(kilobytes / (bytes / 1000)).toBeLessThan(1.25);
});
