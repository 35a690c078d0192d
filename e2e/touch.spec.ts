// Fingers: pinch, drag, a long press, and the sheets of a phone. Touches are those of the browser, not events made up in the page.
import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { openApp } from './app.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Moves as many fingers as there are paths, each from its first point to its last. */
async function fingers(page: Page, paths: readonly (readonly [Point, Point])[], holdMs = 0): Promise<void> {
  const client: CDPSession = await page.context().newCDPSession(page);
  const at = (share: number) =>
    paths.map(([from, to], id) => ({ id, x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }));
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
  for (let i = 1; i <= 8; i++) await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(i / 8) });
  if (holdMs > 0) await page.waitForTimeout(holdMs);
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** Where the tray of node-a is drawn, and how wide. */
async function tray(page: Page): Promise<{ readonly x: number; readonly y: number; readonly width: number }> {
  const box = await page.locator('[data-stage] svg [data-key="Node//node-a"]').first().boundingBox();
  if (!box) throw new Error('node-a is not drawn');
  return box;
}

const CUT = { scenario: 'cookie-cutter', at: 184_000, play: 0 } as const;

test('two fingers enlarge the stage, and one moves it', async ({ page }) => {
  await openApp(page, CUT);
  const before = await tray(page);
  // Gestures come after the first picture: who pinches before them sees nothing happen, and pinches again.
  await expect(async () => {
    await fingers(page, [
      [
        { x: 180, y: 300 },
        { x: 100, y: 300 },
      ],
      [
        { x: 210, y: 300 },
        { x: 290, y: 300 },
      ],
    ]);
    expect((await tray(page)).width).toBeGreaterThan(before.width * 1.2);
  }).toPass();
  const large = await tray(page);
  await fingers(page, [
    [
      { x: 200, y: 420 },
      { x: 140, y: 340 },
    ],
  ]);
  await expect.poll(async () => (await tray(page)).y).toBeLessThan(large.y - 20);
});

test('a finger that stays on a pod opens its menu, and a tap selects it', async ({ page }) => {
  await openApp(page, CUT);
  const pod = page.locator('[data-stage] svg .layer-glyphs [data-key^="Pod/"]').last();
  const box = await pod.boundingBox();
  const middle = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + 12 };
  await page.touchscreen.tap(middle.x, middle.y);
  const name = (await pod.getAttribute('data-key'))?.split('/')[2] ?? '';
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await fingers(page, [[middle, middle]], 700);
  await expect(page.getByRole('menu')).toBeVisible();
});

test('the sheet follows a swipe, up and down', async ({ page }) => {
  await openApp(page, CUT);
  const sheet = page.locator('.inspector-region');
  const height = async () => (await sheet.boundingBox())?.height ?? 0;
  const swipe = async (by: number) => {
    const box = await page.locator('.inspector-region .sheet-handle').boundingBox();
    const from = { x: 195, y: (box?.y ?? 0) + 11 };
    await fingers(page, [[from, { x: 195, y: from.y + by }]]);
  };
  await expect.poll(height).toBe(72);
  // Folded, it says whose sheet it is.
  await expect(sheet.getByRole('heading').first()).toBeInViewport({ ratio: 0.9 });
  await swipe(-90);
  await expect.poll(height).toBe(248);
  await swipe(-90);
  await expect.poll(height).toBeGreaterThan(600);
  await swipe(300);
  await expect.poll(height).toBe(72);
});

test('the bar of time has its play button, its handle and one button for the speed', async ({ page }) => {
  await openApp(page, CUT);
  const bar = page.getByRole('region', { name: 'Time' });
  await expect(bar.getByRole('button', { name: 'Speed: 1×' })).toBeInViewport();
  await expect(bar.getByRole('group', { name: 'Speed' })).toBeHidden();
  for (const name of ['Share', 'Classroom']) await expect(page.getByRole('button', { name, exact: true })).toBeHidden();
});

test('a shell in a container is used by touch alone: a line brought back, what runs stopped, the input ended', async ({ page }) => {
  // What completes words is on its way when the key is pressed.
  await page.route(/\/engine-/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await route.continue();
  });
  await openApp(page, { scenario: 'sample-pod', at: 20_000, play: 0 });
  await page.getByRole('button', { name: 'More' }).tap();
  await page.getByRole('menuitem', { name: 'Terminal' }).tap();
  const terminal = page.getByRole('region', { name: 'Terminal' });
  const key = (name: string) => terminal.getByRole('button', { name });
  const line = terminal.getByRole('textbox');
  const say = async (text: string) => {
    await line.fill(text);
    await line.press('Enter');
  };
  await line.fill('kubectl exec -it hel');
  await key('Complete the word').tap();
  await expect(line).toHaveValue(/^kubectl exec -it hello\s*$/);
  await say('kubectl exec -it hello -- sh');
  await say('sleep 1000');
  await key('Stop what runs').tap();
  await expect(terminal.getByRole('log')).toContainText('^C');
  await key('Earlier line').tap();
  await expect(line).toHaveValue('sleep 1000');
  await say('hostname');
  await expect(terminal.getByRole('log')).toContainText('# hostname\nhello');
  await key('End of input').tap();
  await expect(key('Stop what runs')).toBeHidden();
});
