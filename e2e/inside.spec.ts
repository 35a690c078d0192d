// Looking into a pod: in by keyboard, its parts by keyboard and by name, out again; a container that crashes and comes back in place.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { objects, openApp, paste } from './app.ts';

const SITE = `apiVersion: v1
kind: Pod
metadata:
  name: site
spec:
  initContainers:
  - name: content
    image: busybox:1.36
    restartPolicy: Always
    command: ['sh', '-c', 'while true; do date > /data/index.html; sleep 5; done']
    volumeMounts:
    - {name: files, mountPath: /data}
  containers:
  - name: web
    image: nginx:1.27
    ports:
    - containerPort: 80
    volumeMounts:
    - {name: files, mountPath: /usr/share/nginx/html, readOnly: true}
  volumes:
  - name: files
    emptyDir: {}
`;

const inside = (page: Page) => page.locator('[data-inside]');
const part = (page: Page, name: RegExp) => inside(page).getByRole('button', { name });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

async function openSite(page: Page): Promise<void> {
  await openApp(page, { scenario: 'empty', play: 1, speed: 10 });
  await paste(page, SITE);
  await expect(objects(page, /^site.*ready.*on node-/)).toHaveCount(1, { timeout: 20_000 });
  await objects(page, 'site').focus();
}

test('a pod is entered, walked through, broken and left by keyboard alone', async ({ page }) => {
  await openSite(page);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^Door, IP 10\./);
  // Arrows go to the nearest part: the plug, its container, the window of the mount.
  const seen: string[] = [];
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('ArrowDown');
    seen.push(await focused(page));
  }
  expect(seen.join('\n')).toMatch(/^Port 80 of web.*\nweb, main container, nginx:1.27/);
  await expect(part(page, /^Volume files, emptyDir/)).toHaveCount(1);
  await page.getByRole('button', { name: 'Crash web' }).focus();
  await page.keyboard.press('Enter');
  await expect(part(page, /^web, main container.*1 restart/)).toHaveCount(1, { timeout: 20_000 });
  await expect(part(page, /^content, sidecar.*0 restarts/)).toHaveCount(1);
  await part(page, /^web, main/).focus();
  await page.keyboard.press('Escape');
  await expect(inside(page)).toHaveCount(0);
});

test('a file is seen changing, and what it holds; logs are one key away', async ({ page }) => {
  await openApp(page, { scenario: 'two-containers', at: 33_500, play: 0 });
  await part(page, /^index\.html on site.*written 3 s ago/).focus();
  await page.keyboard.press('Enter');
  const details = page.getByRole('region', { name: 'index.html' });
  await expect(details).toContainText('<h1>Edition 5</h1>');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(part(page, /^index\.html on site.*written 0 s ago/)).toHaveCount(1, { timeout: 20_000 });
  await expect(details).toContainText('<h1>Edition 6</h1>');
  await page.getByRole('button', { name: 'Pause' }).click();
  await part(page, /^content-sync, sidecar/).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('l');
  await expect(page.getByRole('combobox', { name: 'Container' })).toHaveValue('content-sync');
  await expect(page.getByRole('list', { name: 'Log of content-sync' })).toContainText(/edition \d+/);
});

test('an address shows the inside of a pod at an exact moment, and the past has an inside too', async ({ page }) => {
  await openApp(page, { scenario: 'sample-pod', at: 20_000, play: 0, inside: 'default/hello' });
  await expect(part(page, /^hello, main container, busybox:1.36, running/)).toHaveCount(1);
  const drawn = () => inside(page).locator('svg').first().innerHTML();
  const later = await drawn();
  await page.getByRole('slider', { name: 'Moment shown' }).focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(drawn).not.toBe(later);
  await expect(part(page, /^hello, main container.*running/)).toHaveCount(1);
  // Before it was made there is nothing to look into.
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(inside(page)).toContainText('does not exist at this moment');
});

for (const [theme, lang] of [
  ['light', 'en'],
  ['dark', 'ko'],
] as const) {
  test(`axe finds nothing inside a pod, ${theme}, ${lang}`, async ({ page }) => {
    await openApp(page, { scenario: 'sample-pod', at: 20_000, play: 0, inside: 'default/hello', theme, lang });
    await expect(inside(page).getByRole('button', { name: /hello/ }).first()).toBeAttached();
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  });
}
