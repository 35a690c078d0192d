// The classroom: large, led by a clicker, with a link for the class; pointing works although the page is enlarged.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { objects, openApp } from './app.ts';

test.use({ viewport: { width: 1280, height: 720 } });

test('a clicker leads through a lesson, and the class gets its link', async ({ page }) => {
  await openApp(page, { lesson: 'cookie-cutter', play: 0 });
  const lesson = page.getByRole('complementary', { name: 'Lesson' });
  await expect(lesson.locator('h2')).toBeFocused();
  await page.getByRole('button', { name: 'Classroom' }).click();
  const bar = page.getByRole('toolbar', { name: 'Classroom' });
  await expect(bar).toBeInViewport();
  await page.keyboard.press('PageDown');
  await expect(lesson).toHaveAttribute('data-phase', 'predict');
  await page.keyboard.press('PageDown');
  await expect(lesson).toHaveAttribute('data-phase', 'watch');
  await page.keyboard.press('PageDown');
  await expect(lesson).toHaveAttribute('data-watched', 'true');
  await bar.getByRole('button', { name: 'Link for the class' }).click();
  const dialog = page.getByRole('dialog', { name: 'Follow along from here' });
  await expect(dialog.getByText(/\?lesson=cookie-cutter&step=3&lang=en$/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
});

test('what is pointed at is what is meant, and nothing is wider than the page', async ({ page }) => {
  await openApp(page, { scenario: 'cookie-cutter', at: 30_000, play: 0 });
  await page.getByRole('button', { name: 'Classroom' }).click();
  await expect(page.getByRole('toolbar', { name: 'Classroom' })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  const pod = page.locator('[data-stage] svg .layer-glyphs [data-key^="Pod/"]').last();
  await pod.click();
  const key = await pod.getAttribute('data-key');
  await expect(objects(page, key?.split('/')[2] ?? '')).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Delete a pod' }).click();
  await expect(objects(page, /^web-.*(left|terminating)/)).toHaveCount(1);
});
