// Sharing: a link that holds the run, the text for documents with its preview, and the stage as a picture.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { kubectl, objects, openApp, podKeys } from './app.ts';

test('a link opened elsewhere is the same world; a damaged one says so', async ({ page, browser }) => {
  await openApp(page, { scenario: 'cookie-cutter', play: 0 });
  await kubectl(page, 'kubectl delete pods --all --wait=false');
  await page.getByRole('button', { name: 'Share' }).first().click();
  await expect(page.getByRole('textbox', { name: 'Link to this moment' })).toHaveValue(/#w=1/);
  const link = await page.getByRole('textbox', { name: 'Link to this moment' }).inputValue();
  const keys = await podKeys(page);
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  // It is run in view, a slice a frame.
  await expect(objects(other, / s left/)).toHaveCount(4, { timeout: 30_000 });
  expect(await podKeys(other)).toEqual(keys);
  await expect(other.locator('.notice')).toHaveCount(0);
  await other.goto('about:blank');
  await other.goto(link.slice(0, -20));
  await expect(other.getByText('The link is cut off or damaged')).toBeVisible();
  await expect(objects(other, 'web')).not.toHaveCount(0);
  await other.context().close();
});

test('a scenario needs a short link only', async ({ page }) => {
  await page.goto('#s=drain&at=30000&play=0');
  await expect(page.getByRole('heading', { name: 'Podarium' })).toBeVisible();
  await expect(objects(page, 'node-a')).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Share' }).first().click();
  await expect(page.getByRole('textbox', { name: 'Link to this moment' })).toHaveValue(/#s=drain&seed=1&at=30000/);
});

test('the text for a document can be chosen, and is shown alive', async ({ page }) => {
  await openApp(page, { scenario: 'self-healing', play: 0 });
  await page.getByRole('button', { name: 'Share' }).first().click();
  const code = page.getByRole('textbox', { name: 'Text to paste' });
  await expect(code).toHaveValue(/<iframe src="[^"]*embed\.html\?scenario=self-healing/);
  await page.getByRole('combobox', { name: 'Form' }).selectOption('element');
  await expect(code).toHaveValue(/<podarium-world scenario="self-healing"/);
  await page.getByRole('spinbutton', { name: 'Width' }).fill('360');
  await expect(code).toHaveValue(/max-width:360px/);
  const preview = page.frameLocator('iframe[title="Preview"]');
  await preview.getByRole('button', { name: /^Run it/ }).click();
  await expect(preview.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('the stage is saved as a picture that holds the link', async ({ page }) => {
  await openApp(page, { scenario: 'cookie-cutter', play: 0, theme: 'dark' });
  await page.getByRole('button', { name: 'Share' }).first().click();
  await expect(page.getByRole('textbox', { name: 'Link to this moment' })).toHaveValue(/#s=/);
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    return readFileSync(await download.path());
  };
  const svg = (await saved('Save SVG')).toString();
  expect(svg).toContain('#s=cookie-cutter&amp;seed=1&amp;at=176000');
  expect(svg).toContain('@font-face');
  expect(svg.replace(/<style>.*?<\/style>/, '')).not.toMatch(/var\(|color-mix|class=/);
  const png = await saved('Save PNG');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.toString('latin1')).toContain('tEXtSource\0http');
  expect(png.toString('latin1')).toContain('#s=cookie-cutter&seed=1&at=176000');
  expect(svg).not.toContain('IBM Plex Sans KR";');
  // What is printed: the stage as it would be on paper, whatever the page looks like.
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(page.locator('.printed svg').first()).toBeVisible();
  await expect(page.locator('.printed-picture rect').first()).toHaveAttribute('fill', 'rgb(242, 243, 239)');
  await expect(page.locator('.app')).toBeHidden();
});

test('a picture of the inside of a pod is of the inside, in a typeface that has its words', async ({ page }) => {
  await openApp(page, { scenario: 'two-containers', at: 20_000, play: 0, lang: 'ko' });
  await page.locator('[data-stage] button[data-object^="Pod/"]').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-inside] > svg')).toBeVisible();
  await page.getByRole('button', { name: '공유' }).first().click();
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    return readFileSync(await download.path());
  };
  const svg = (await saved('SVG 저장')).toString();
  expect(svg).toContain('localhost');
  expect(svg).toContain('font-family:"IBM Plex Sans KR";font-weight:400');
  // The first picture has its typefaces as any later one has.
  const first = await saved('PNG 저장');
  expect((await saved('PNG 저장')).equals(first)).toBe(true);
});

test('a stretch of time is saved as a GIF, the same each time, with the link inside', async ({ page }) => {
  await openApp(page, { scenario: 'cookie-cutter', at: 12_000, play: 0 });
  await page.getByRole('button', { name: 'Share' }).first().click();
  await page.getByLabel('From second').fill('4');
  await page.getByLabel('To second').fill('8');
  await page.getByRole('dialog').getByLabel('Speed').selectOption('10');
  const saved = async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save GIF' }).click();
    return readFileSync(await (await download).path());
  };
  const first = await saved();
  expect(first.subarray(0, 6).toString()).toBe('GIF89a');
  // Five moments, of which two look alike: a frame for each that differs.
  expect(first.toString('latin1').split('!\u00f9\u0004')).toHaveLength(5);
  expect(first.toString('latin1')).toContain('#s=cookie-cutter&seed=1&at=12000');
  expect((await saved()).equals(first)).toBe(true);
  await page.keyboard.press('Escape');
  await expect(page.locator('.timeline')).toContainText('0:12');
});
