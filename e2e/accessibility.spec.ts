// Everybody: no finding of axe in either theme and language, everything by keyboard, no clipping at the widths we promise.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { objects, openApp } from './app.ts';

for (const theme of ['light', 'dark'] as const) {
  for (const lang of ['en', 'ko'] as const) {
    test(`axe finds nothing, ${theme}, ${lang}`, async ({ page }) => {
      await openApp(page, { scenario: 'cookie-cutter', play: 0, theme, lang });
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
    });
  }
}

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
  await page.keyboard.press('Delete');
  await expect(objects(page, new RegExp(`^${name}.*(left|terminating)`))).toHaveCount(1);
});

for (const width of [360, 768, 1280, 1440]) {
  test(`nothing is wider than a page of ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: width < 500 ? 780 : 900 });
    await openApp(page, { scenario: 'rolling-update', play: 0 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
