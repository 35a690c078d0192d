// Everybody: no finding of axe in either theme and language, everything by keyboard, no clipping at the widths we promise.
import { expect, type Page, test } from '@playwright/test';
import { findings, objects, openApp } from './app.ts';
import { views } from './views.ts';

// Contrast is of the theme and names are of the language: two pages of each view show both of both.
for (const [theme, lang] of [
  ['light', 'en'],
  ['dark', 'ko'],
] as const) {
  for (const { name, options, reach } of views) {
    test(`axe finds nothing, and everything fits, in: ${name}, ${theme}, ${lang}`, async ({ page }) => {
      await openApp(page, { ...options, theme, lang });
      await reach?.(page);
      expect(await findings(page)).toEqual([]);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        expect([size, await misfits(page)]).toEqual([size, []]);
      }
    });
  }
}

/** A phone, a tablet, a laptop, and that laptop at 200 %. */
const SIZES = [
  { width: 360, height: 780 },
  { width: 768, height: 1024 },
  { width: 1280, height: 720 },
  { width: 640, height: 360 },
] as const;

/** A page wider than its window, and what is too small to be hit. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
    for (const each of document.querySelectorAll('button, select')) {
      const { width, height } = each.getBoundingClientRect();
      const isHeard = each.closest('.visually-hidden, .stage-objects') !== null;
      if (width > 1 && !isHeard && (width < 24 || height < 24)) found.push(`${each.className} ${each.textContent} ${width}x${height}`);
    }
    return found;
  });
}

test('at 200 % of a small window what is to be done can be seen', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await openApp(page, { lesson: 'cookie-cutter', step: 2, play: 0 });
  await expect(page.getByRole('button', { name: 'Skip the guess' })).toBeInViewport();
});

test('with forced colours a chosen answer and the focus still stand out', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openApp(page, { lesson: 'cookie-cutter', step: 2, play: 0 });
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  const outlineOf = (selector: string) => page.locator(selector).evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(await outlineOf('.answer-chosen')).toBe('solid');
  await page.getByRole('button', { name: 'Skip the guess' }).focus();
  expect(await outlineOf('.lesson-second')).not.toBe('none');
});

test('with reduced motion the page stands still until it is asked to play', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openApp(page, { scenario: 'cookie-cutter', at: 184_000 });
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('who comes for the first time makes something happen with four keys, within ten seconds', async ({ page }) => {
  const began = Date.now();
  await page.goto('');
  await expect(page.getByRole('region', { name: 'Welcome' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the stage' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#stage$/);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Delete a pod and watch' })).toBeFocused();
  await page.keyboard.press('Enter');
  // The strip goes on saying so when the pod is gone.
  await expect(page.locator('.strip')).toContainText(/kubectl delete pod web-\w+/);
  test.info().annotations.push({ type: 'seconds', description: String((Date.now() - began) / 1000) });
  await expect(page.getByRole('region', { name: 'Welcome' })).toBeHidden();
});

test('a pod is found, inspected and deleted by keyboard alone', async ({ page }) => {
  await openApp(page, { scenario: 'cookie-cutter', at: 20_000, play: 0 });
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['object'] ?? '');
  // Tab goes from region to region, arrows from object to object.
  for (let i = 0; i < 40 && !(await focused()).startsWith('Node/'); i++) await page.keyboard.press('Tab');
  for (let i = 0; i < 5 && !(await focused()).startsWith('Pod/'); i++) await page.keyboard.press('ArrowDown');
  const name = (await focused()).split('/')[2] ?? '';
  expect(name).toMatch(/^web-/);
  await page.keyboard.press('Space');
  await expect(page.getByRole('heading', { name })).toBeVisible();
  // What opens over the page gives the focus back to the pod.
  for (const [key, shown] of [
    ['Shift+F10', '[role="menu"]'],
    ['b', 'dialog[open]'],
    ['w', '.why:focus'],
  ] as const) {
    await page.keyboard.press(key);
    await page.locator(shown).waitFor();
    await page.keyboard.press('Escape');
    await page.locator(shown).waitFor({ state: 'detached' });
    expect([key, await focused()]).toEqual([key, `Pod/default/${name}`]);
  }
  await page.keyboard.press('Delete');
  await expect(objects(page, new RegExp(`^${name}.*(left|terminating)`))).toHaveCount(1);
});
