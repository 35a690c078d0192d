// Time is a place: exact frames, going back, acting in the past, undo.
import { expect, test } from '@playwright/test';
import { drawing, openApp, podKeys, typeLine } from './app.ts';

test('an address gives the same frame every time', async ({ page, context }) => {
  const options = { scenario: 'rolling-update', seed: 3, at: 65_000, play: 0 as const };
  await openApp(page, options);
  const other = await context.newPage();
  await openApp(other, options);
  expect(await drawing(other)).toBe(await drawing(page));
});

test('going back shows the same moment as going there', async ({ page, context }) => {
  await openApp(page, { scenario: 'cookie-cutter', at: 176_000, play: 0 });
  const playhead = page.getByRole('slider', { name: 'Moment shown' });
  await playhead.focus();
  for (let i = 0; i < 6; i++) await playhead.press('Shift+ArrowLeft');
  const other = await context.newPage();
  await openApp(other, { scenario: 'cookie-cutter', at: 116_000, play: 0 });
  await expect(page.getByRole('region', { name: 'Time' }).getByText('Looking at 1:56')).toBeVisible();
  expect(await podKeys(page)).toEqual(await podKeys(other));
});

test('acting in the past asks once, drops the future and can be undone', async ({ page }) => {
  await openApp(page, { scenario: 'cookie-cutter', at: 176_000, play: 0 });
  expect(await podKeys(page)).toHaveLength(4);
  const playhead = page.getByRole('slider', { name: 'Moment shown' });
  await playhead.focus();
  for (let i = 0; i < 6; i++) await playhead.press('Shift+ArrowLeft');
  await expect.poll(async () => (await podKeys(page)).length).toBe(3);
  const [key = ''] = await podKeys(page);
  await typeLine(page, `kubectl delete pod ${key.split('/')[2]} --wait=false`);
  await page.getByRole('button', { name: 'Drop it and go on' }).click();
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(async () => (await podKeys(page)).includes(key), { timeout: 20_000 }).toBe(false);
  expect(await podKeys(page)).toHaveLength(3);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await podKeys(page)).includes(key)).toBe(true);
});
