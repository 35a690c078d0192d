// Lessons: the whole course by keyboard alone, no finding of axe, links into a lesson, a phone.
import { expect, type Page, test } from '@playwright/test';
import { findings, openApp, typeLine } from './app.ts';

const lesson = (page: Page) => page.getByRole('complementary', { name: /^(Lesson|강의)$/ });

interface Where {
  readonly title: string;
  readonly phase: string;
  readonly isWatched: boolean;
  readonly isReached: boolean;
}

async function where(page: Page): Promise<Where> {
  return lesson(page).evaluate((region) => ({
    title: region.querySelector('h2')?.firstChild?.textContent ?? '',
    phase: (region as HTMLElement).dataset['phase'] ?? '',
    isWatched: (region as HTMLElement).dataset['watched'] === 'true',
    isReached: region.querySelector('[data-primary]') !== null,
  }));
}

/** Tab to the button of this name, and Enter. */
async function press(page: Page, name: string): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  for (let i = 0; i < 20 && (await focused()) !== name; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

/** Hint after hint, then how it is done; at a hundred times the speed. */
async function reachGoal(page: Page): Promise<void> {
  await page.keyboard.press(']');
  await page.keyboard.press(']');
  for (let i = 0; i < 4 && (await lesson(page).getByRole('button', { name: 'Hint' }).isVisible()); i++) await press(page, 'Hint');
  await press(page, 'Show how it is done');
  await expect(lesson(page).locator('[data-primary]')).toBeVisible();
  // Whatever has the focus, the way on is one key from the heading.
  await lesson(page).locator('h2').focus();
}

// The whole course by keyboard alone, in three parts that run beside each other.
for (const first of ['pod', 'container-restart', 'rolling-update']) {
  test(`four lessons from ${first} on can be gone through by keyboard alone`, async ({ page }) => {
    await openApp(page, { lesson: first, play: 0 });
    await expect(lesson(page).locator('h2')).toBeFocused();
    const seen = new Set<string>();
    let now = await where(page);
    for (let i = 0; i < 100; i++) {
      seen.add(now.title);
      if (now.phase === 'free' && seen.size === 4) break;
      if (now.phase === 'predict') await page.keyboard.press('1');
      if (now.phase === 'goal' && !now.isReached) await press(page, 'Go on without it');
      else await page.keyboard.press('Enter');
      const before = now;
      await expect.poll(async () => (now = await where(page)), { intervals: [20, 40, 80, 160] }).not.toEqual(before);
    }
    expect([...seen]).toHaveLength(4);
    expect(now.phase).toBe('free');
  });
}

test('a goal is reached by keyboard with its hints and its solution', async ({ page }) => {
  await openApp(page, { lesson: 'scheduling', step: 5, play: 0 });
  await expect(lesson(page).locator('h2')).toBeFocused();
  await reachGoal(page);
  await page.keyboard.press('Enter');
  await expect(lesson(page)).toHaveAttribute('data-phase', 'predict');
});

for (const theme of ['light', 'dark'] as const) {
  for (const lang of ['en', 'ko'] as const) {
    test(`axe finds nothing in a lesson, ${theme}, ${lang}`, async ({ page }) => {
      await openApp(page, { lesson: 'cookie-cutter', step: 2, play: 0, theme, lang });
      await expect(lesson(page).locator('h2')).toBeFocused();
      await page.keyboard.press('2');
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await expect(lesson(page)).toHaveAttribute('data-watched', 'true');
      await page.keyboard.press('Enter');
      await expect(lesson(page)).toHaveAttribute('data-phase', 'explain');
      expect(await findings(page)).toEqual([]);
    });
  }
}

test('the course lists its lessons and what was done, and axe finds nothing', async ({ page }) => {
  await openApp(page, { lesson: 'pod', step: 7, play: 0 });
  await expect(lesson(page)).toHaveAttribute('data-phase', 'free');
  await page.getByRole('button', { name: 'Lesson 1', exact: false }).first().click();
  const course = page.getByRole('dialog', { name: 'Learn Kubernetes pods' });
  await expect(course.getByRole('button', { name: 'What a pod is done' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await course.getByRole('button', { name: /The cookie cutter/ }).click();
  await expect(lesson(page).getByRole('heading', { name: /The cookie cutter/ })).toBeVisible();
  await expect(page).toHaveURL(/lesson=cookie-cutter&step=1/);
});

test('a guess is pinned to every pod and judged by what happens', async ({ page }) => {
  await openApp(page, { lesson: 'cookie-cutter', step: 2, play: 0 });
  await page.getByText('Nothing. They stay A').click();
  await expect(page.locator('[data-stage] svg text', { hasText: 'my guess' })).toHaveCount(3);
  await expect(page.locator('[data-stage] svg text', { hasText: 'comes next' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Watch it happen' }).click();
  await page.getByRole('button', { name: 'Show the end' }).click();
  await expect(lesson(page).getByRole('heading', { name: 'Right' })).toBeFocused();
  await expect(lesson(page).getByText('Only the cutter changed.')).toBeVisible();
});

test('a lesson from a file opens, and a mistake in one is told with its line', async ({ page }) => {
  await openApp(page, { lesson: 'pod', play: 0 });
  const open = async (text: string) => {
    await page.getByRole('button', { name: 'Lesson 1', exact: false }).first().click();
    await page.locator('input[type=file]').setInputFiles({ name: 'lesson.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) });
  };
  await open('lesson: mine\ntitle: My lesson\nnodes: 2\nsteps:\n  - reed: Hello\n');
  await expect(page.getByRole('alert')).toContainText('line 5: steps[0]: must be one of read');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Lesson 1', exact: false }).first()).toBeFocused();
  // What a line asks of its world shows when it is run: the lesson opens, and says so.
  await open('lesson: mine\ntitle: My lesson\nnodes: 2\nsetup:\n  - kubectl: delete pod gone\nsteps:\n  - read: Hello\n');
  await expect(lesson(page).getByRole('heading', { name: /My lesson/ })).toBeVisible();
  await expect(page.getByText(/Not all in this lesson comes true: line 5: kubectl delete pod gone: .*NotFound/)).toBeVisible();
});

test('a world becomes a lesson, which opens from its file; without a clipboard its text can still be taken', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await openApp(page, { scenario: 'cookie-cutter', at: 140_000, play: 0 });
  await typeLine(page, 'kubectl scale rs/web --replicas=5');
  await page.getByRole('button', { name: /^Find or do/ }).click();
  await page.getByRole('combobox').fill('as a lesson');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'This world as a lesson' });
  const text = dialog.getByRole('textbox');
  await expect(text).toHaveValue(/solution:/);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('Select it and copy it by hand.')).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save as a file' }).click()]);
  const path = await file.path();
  await dialog.getByRole('button', { name: 'How a lesson file is written' }).click();
  await expect(page.getByRole('dialog').getByRole('cell', { name: 'predict', exact: true })).toBeVisible();
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await findings(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(lesson(page).getByRole('heading', { name: /My lesson/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(lesson(page).getByText('ReplicaSet/web: spec.replicas is 5')).toBeVisible();
});

for (const width of [360, 390, 768, 1024, 1280]) {
  test(`a lesson fits a page of ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: width < 500 ? 780 : 720 });
    await openApp(page, { lesson: 'cookie-cutter', step: 2, play: 0 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const column = lesson(page).locator('.lesson-scroll');
    expect(await column.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
    await page.getByText('Nothing. They stay A').click();
    await page.getByRole('button', { name: 'Watch it happen' }).click();
    await expect(page.getByRole('button', { name: 'Show the end' })).toBeInViewport();
  });
}
