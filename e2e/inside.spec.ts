// Looking into a pod: in by keyboard, its parts by keyboard and by name, out again; a container that crashes and comes back in place.
import { expect, type Page, test } from '@playwright/test';
import { encodeLink } from '../src/session/encodeLink.ts';
import { findings, objects, openApp, paste } from './app.ts';

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
  // However many have been written by the time that this is seen.
  await expect(details).toContainText(/<h1>Edition ([6-9]|\d\d)<\/h1>/, { timeout: 20_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(part(page, /^index\.html on site.*written \d s ago/)).toHaveCount(1);
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

/** Pods in trouble, in company, and looked into by `kubectl debug`: a run as a link holds it. */
const CONTAINERS = ['app', 'logger', 'metrics', 'proxy', 'cache'].map(
  (name) => `  - name: ${name}
    image: busybox:1.36
    command: ['sh', '-c', 'while true; do date >> /data/${name}.log; sleep 3; done']
    volumeMounts:
    - {name: data, mountPath: /data}
`,
);
const pod = (name: string, spec: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n${spec}---\n`;
const CRASHING = `  initContainers:
  - name: first
    image: busybox:1.36
    command: ['true']
  containers:
  - name: app
    image: busybox:1.36
    command: ['sh', '-c', 'echo no database; exit 1']
    readinessProbe: {exec: {command: [cat, /ready]}}
`;
const PODS = `${pod('crashing', CRASHING)}${pod('many', `  containers:\n${CONTAINERS.join('')}  volumes:\n  - name: data\n    emptyDir: {}\n`)}${pod('debugged', '  containers:\n  - name: web\n    image: nginx:1.27\n')}`;
const deeds = [
  { atMs: 1000, kubectl: 'kubectl apply -f -', stdin: PODS },
  { atMs: 10_000, kubectl: 'kubectl debug debugged --image=busybox:1.36 -- sleep 1000' },
];

for (const [theme, lang, parts] of [
  ['light', 'en', { crashing: /^app, main container.*exit 1/, many: /^cache, main container/, debugged: /^debugger-\w+, ephemeral/ }],
  ['dark', 'ko', { crashing: /^app, 메인.*종료 코드 1/, many: /^cache, 메인/, debugged: /^debugger-\w+, 임시/ }],
] as const) {
  test(`axe finds nothing inside any pod, and the focus comes back, ${theme}, ${lang}`, async ({ page }) => {
    await openApp(page, await encodeLink({ scenario: 'empty', atMs: 30_000, isPlaying: false, theme, language: lang, deeds }));
    for (const [name, named] of Object.entries(parts)) {
      await objects(page, name).focus();
      await page.keyboard.press('Enter');
      await expect(part(page, named)).toHaveCount(1);
      await expect.poll(() => focused(page)).toContain('10.');
      expect([name, await findings(page)]).toEqual([name, []]);
      await page.keyboard.press('Escape');
      await expect(inside(page)).toHaveCount(0);
      await expect(objects(page, name)).toBeFocused();
    }
  });
}
