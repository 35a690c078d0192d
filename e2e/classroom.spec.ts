// The classroom: large, led by a clicker, with a link for the class; pointing works although the page is enlarged.
import { expect, test } from '@playwright/test';
import { findings, objects, openApp } from './app.ts';

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
  await expect(dialog.getByText(/#s=lesson=cookie-cutter&step=3&lang=en$/)).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(bar.getByRole('button', { name: 'Link for the class' })).toBeFocused();
  // On a narrow page the same stands in two menus, and nothing scrolls sideways.
  for (const width of [768, 360]) {
    await page.setViewportSize({ width, height: 780 });
    expect([width, await bar.evaluate((element) => element.scrollWidth - element.clientWidth)]).toEqual([width, 0]);
  }
  await bar.getByRole('button', { name: 'For the class' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Questions' }).press('Escape');
  await expect(bar.getByRole('button', { name: 'For the class' })).toBeFocused();
  await bar.getByRole('button', { name: 'For the class' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Questions' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Questions?' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('what is pointed at is what is meant, and nothing is wider than the page', async ({ page }) => {
  await openApp(page, { scenario: 'cookie-cutter', at: 30_000, play: 0 });
  await page.getByRole('button', { name: 'Classroom' }).click();
  await expect(page.getByRole('toolbar', { name: 'Classroom' })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  const pod = page.locator('[data-stage] svg .layer-glyphs [data-key^="Pod/"]').last();
  await pod.click();
  const key = await pod.getAttribute('data-key');
  const name = key?.split('/')[2] ?? '';
  await expect(objects(page, name)).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Delete a pod' }).click();
  // It ends in two seconds, which a busy machine may miss: what it does no more is serve.
  await expect(objects(page, new RegExp(`^${name}, cut from A, ready`))).toHaveCount(0);
});

test('a browser without the zoom of the standard has the classroom in its usual size', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Element.prototype, 'currentCSSZoom'));
  await openApp(page, { scenario: 'cookie-cutter', at: 30_000, play: 0 });
  await page.getByRole('button', { name: 'Classroom' }).click();
  await expect(page.getByRole('toolbar', { name: 'Classroom' })).toBeInViewport();
  // The ring is where the pointer is.
  await page.mouse.move(640, 300);
  const centre = async () => {
    const box = await page.locator('.pointer-ring').boundingBox();
    return box && [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  };
  await expect.poll(centre).toEqual([640, 300]);
});

test('cookies are large and words readable on a small projector', async ({ page }) => {
  for (const options of [
    { scenario: 'cookie-cutter', at: 184_000, play: 0 },
    { lesson: 'cookie-cutter', step: 2, play: 0 },
  ] as const) {
    await openApp(page, options);
    if ('lesson' in options) await expect(page.getByRole('complementary', { name: 'Lesson' }).locator('h2')).toBeFocused();
    await page.getByRole('button', { name: 'Classroom' }).click();
    await expect(page.getByRole('toolbar', { name: 'Classroom' })).toBeInViewport();
    // The first mark of a pod is its body; of 72 pixels of a cookie, its shape has nine tenths. The pips on the card are tokens.
    const widths = await page
      .locator('[data-stage] svg .layer-glyphs [data-key^="Pod/"]')
      .evaluateAll((all) =>
        all.map((each) => Math.max(...[...each.querySelectorAll('path')].map((path) => path.getBoundingClientRect().width))),
      );
    expect(widths.filter((width) => width >= 60).length).toBeGreaterThanOrEqual(3);
    const small = await page.locator('.layer-glyphs text, .layer-cards text, .layer-trays text').evaluateAll((all) =>
      all
        .map((each) => ({
          text: each.textContent,
          px: parseFloat(getComputedStyle(each).fontSize) * ((each as SVGTextElement).getScreenCTM()?.a ?? 1),
        }))
        .filter(({ text, px }) => text.length > 1 && px < 17),
    );
    expect(small).toEqual([]);
  }
});

for (const lang of ['en', 'ko'] as const) {
  test(`the handout of a lesson is one printed page, ${lang}`, async ({ page }) => {
    for (const lesson of ['sharing', 'container-restart', 'drain']) {
      await openApp(page, { lesson, lang, play: 0 });
      await expect(page.locator('[data-lesson-heading]')).toBeFocused();
      await page.getByRole('button', { name: lang === 'en' ? 'Classroom' : '교실 모드' }).click();
      await page.getByRole('button', { name: lang === 'en' ? 'Handout' : '유인물' }).click();
      const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
      expect([lesson, pdf.match(/\/Type\s*\/Page\b/g)?.length]).toEqual([lesson, 1]);
      // A page with words needs their typefaces.
      expect(pdf).toMatch(/\/FontDescriptor/);
    }
  });
}
