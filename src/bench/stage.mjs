// npm run bench:stage: script time per frame of the built app while 300 pods roll out, in headless Chromium.
// Every animation frame callback is timed inside the page; what is drawn, simulated and laid out in a frame counts together.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../e2e/browser.mjs';

const dist = join(import.meta.dirname, '..', '..', 'dist');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const PODS = 300;
const SECONDS = 10;

const manifest = (image) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: many
spec:
  replicas: ${PODS}
  selector:
    matchLabels:
      app: many
  template:
    metadata:
      labels:
        app: many
    spec:
      containers:
      - name: web
        image: ${image}
        resources:
          requests:
            cpu: 1m
            memory: 1Mi
`;

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const file = join(dist, pathname === '/' ? 'index.html' : pathname);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
  return createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address();

const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.addInitScript(() => {
  // One entry a frame: callbacks of one frame share its time stamp. The stage's own callback is told by the field it clears.
  const frames = new Map();
  const original = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => {
    const part = callback.toString().includes('frameRequest') ? 'stage' : 'rest';
    return original((time) => {
      const started = performance.now();
      callback(time);
      const frame = frames.get(time) ?? { stage: 0, rest: 0 };
      frame[part] += performance.now() - started;
      frames.set(time, frame);
    });
  };
  window.takeFrames = () => {
    const list = [...frames.values()];
    frames.clear();
    return list;
  };
});

const paste = (text) =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

const spread = (list) => {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { frames: list.length, p50: at(0.5), p95: at(0.95), max: at(1) };
};

await page.goto(`http://127.0.0.1:${port}/?scenario=empty&seed=1&play=1&speed=1`);
await page.locator('[data-stage] svg').waitFor();
await paste(manifest('nginx:1.25'));
// The list for screen readers holds the objects in view, not all.
await page.locator('[data-stage] button[data-object^="Pod/"]').first().waitFor({ state: 'attached' });
await page.waitForTimeout(12_000);
await page.screenshot({ path: join(import.meta.dirname, '..', '..', '.cache', 'stage.png') });
await page.evaluate(() => window.takeFrames());
await page.waitForTimeout(3000);
const still = await page.evaluate(() => window.takeFrames());
await paste(manifest('nginx:1.26'));
await page.waitForTimeout(SECONDS * 1000);
const rolled = await page.evaluate(() => window.takeFrames());
const rolling = spread(rolled.map(({ stage }) => stage));
const everything = spread(rolled.map(({ stage, rest }) => stage + rest));
await page.getByRole('button', { name: 'Pause' }).click();
await page.waitForTimeout(1000);
await page.evaluate(() => window.takeFrames());
await page.waitForTimeout(2000);
const paused = await page.evaluate(() => window.takeFrames());
await browser.close();
server.close();

const verdict = (isKept) => (isKept ? 'PASS' : 'FAIL');
console.log(
  JSON.stringify({
    program: 'stage',
    pods: PODS,
    rolling,
    everything,
    still: spread(still.map(({ stage }) => stage)),
    pausedFrames: paused.length,
  }),
);
console.log(
  `stage ${verdict(rolling.p95 <= 2)} script ${rolling.p95.toFixed(2)} ms a frame at the 95th percentile, ${rolling.p50.toFixed(2)} at the median (goal 2 ms; with simulation and interface ${everything.p95.toFixed(2)})  a rollout of ${PODS} pods`,
);
console.log(`still ${verdict(paused.length === 0)} ${paused.length} frames in two seconds while paused (goal 0)`);
