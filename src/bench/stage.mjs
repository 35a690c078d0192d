// npm run bench:stage: script time per frame of the built app while 300 pods roll out, in headless Chromium.
//   node src/bench/stage.mjs [--rounds N] [DIST...]      several builds are measured in turns, for ratios of one run
// Time is CPU time of the page's own thread, as the browser's trace gives it, so that what else the machine does is not counted.
// The stage is what draws; everything is the simulation and the interface, too.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { loadavg } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../e2e/browser.mjs';
import { measurePace, tellPace } from './pace.mjs';

const root = join(import.meta.dirname, '..', '..');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const PODS = 300;
const SECONDS = 10;
const GOAL_MS = 2;

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

const given = process.argv.slice(2);
const roundsAt = given.indexOf('--rounds');
const rounds = roundsAt < 0 ? 1 : Number(given.splice(roundsAt, 2)[1]);
const builds = given.length ? given : [join(root, 'dist')];

async function serve(dist) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(dist, pathname === '/' ? 'index.html' : pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    return createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/**
 * Runs in the page. Gives it a clock of 60 frames a second, so that every machine draws the same frames, and marks where a callback
 * of a frame begins (the stage's own is told by the field it clears) and where its microtasks end.
 */
function markFrames() {
  const original = window.requestAnimationFrame.bind(window);
  let nowMs = 0;
  let lastTime = 0;
  window.frameCount = 0;
  performance.now = () => nowMs;
  window.requestAnimationFrame = (callback) => {
    const name = callback.toString().includes('frameRequest') ? 'stage' : 'rest';
    return original((time) => {
      if (time !== lastTime) {
        nowMs = ++window.frameCount * (1000 / 60);
        lastTime = time;
      }
      performance.mark(name, { startTime: time });
      callback(nowMs);
      queueMicrotask(() => performance.mark('end', { startTime: time }));
    });
  };
}

/** CPU milliseconds of the page's thread in each frame: of the stage, and of all callbacks. Callbacks of one frame share its time. */
function framesOf(events) {
  const marks = events.filter(({ cat, name }) => cat.includes('user_timing') && ['stage', 'rest', 'end'].includes(name));
  marks.sort((a, b) => a.tts - b.tts);
  const frames = new Map();
  let begun;
  for (const mark of marks) {
    if (mark.name !== 'end') begun = mark;
    else if (begun) {
      const time = mark.args.data.startTime;
      const frame = frames.get(time) ?? { stage: 0, everything: 0 };
      const ms = (mark.tts - begun.tts) / 1000;
      frame.everything += ms;
      if (begun.name === 'stage') frame.stage += ms;
      frames.set(time, frame);
    }
  }
  return [...frames.values()];
}

const spread = (list) => {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { frames: list.length, p50: at(0.5), p95: at(0.95), max: at(1) };
};

/** Waits for so many seconds of frames. */
async function frames(page, seconds) {
  const target = (await page.evaluate(() => window.frameCount)) + seconds * 60;
  await page.waitForFunction((count) => window.frameCount >= count, target, { polling: 100, timeout: 120_000 });
}

async function traced(browser, page, work) {
  await browser.startTracing(page, { categories: ['blink.user_timing'] });
  await work();
  return framesOf(JSON.parse((await browser.stopTracing()).toString()).traceEvents);
}

async function measure(dist) {
  const server = await serve(dist);
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(markFrames);
  const paste = (text) =>
    page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await page.goto(`http://127.0.0.1:${server.address().port}/?scenario=empty&seed=1&play=1&speed=1`);
  await page.locator('[data-stage] svg').waitFor();
  await paste(manifest('nginx:1.25'));
  // The list for screen readers holds the objects in view, not all.
  await page.locator('[data-stage] button[data-object^="Pod/"]').first().waitFor({ state: 'attached' });
  await frames(page, 12);
  const still = await traced(browser, page, () => frames(page, 3));
  const rolled = await traced(browser, page, async () => {
    await paste(manifest('nginx:1.26'));
    await frames(page, SECONDS);
  });
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.waitForTimeout(1000);
  const before = await page.evaluate(() => window.frameCount);
  await page.waitForTimeout(2000);
  const pausedFrames = (await page.evaluate(() => window.frameCount)) - before;
  await browser.close();
  server.close();
  const row = {
    program: 'stage',
    dist,
    pods: PODS,
    rolling: spread(rolled.map(({ stage }) => stage)),
    everything: spread(rolled.map(({ everything }) => everything)),
    still: spread(still.map(({ stage }) => stage)),
    pausedFrames,
    load: loadavg()[0],
  };
  console.log(JSON.stringify(row));
  return row;
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const pace = measurePace();
const verdict = (isKept) => (isKept ? 'PASS' : 'FAIL');
const rows = builds.map(() => []);
for (let round = 0; round < rounds; round++) {
  const order = builds.map((_, i) => (round % 2 === 0 ? i : builds.length - 1 - i));
  for (const i of order) rows[i].push(await measure(builds[i]));
}
console.log(tellPace(pace));
builds.forEach((dist, i) => {
  const of = (value) => median(rows[i].map(value));
  const msOf = (value) => of(value) / pace;
  const p95 = msOf(({ rolling }) => rolling.p95);
  console.log(
    `stage ${verdict(p95 < GOAL_MS)} script ${p95.toFixed(2)} ms a frame at the 95th percentile, ${msOf(({ rolling }) => rolling.p50).toFixed(2)} at the median (goal under ${GOAL_MS} ms; with simulation and interface ${msOf(({ everything }) => everything.p95).toFixed(2)})  a rollout of ${PODS} pods${builds.length > 1 ? `, ${dist}` : ''}`,
  );
  const paused = of(({ pausedFrames }) => pausedFrames);
  console.log(`still ${verdict(paused === 0)} ${paused} frames in two seconds while paused (goal 0)`);
  if (i > 0) {
    const against = rows[0].map((row, round) => rows[i][round].rolling.p95 / row.rolling.p95);
    console.log(
      `ratio ${median(against).toFixed(2)}x the first build (${Math.min(...against).toFixed(2)} to ${Math.max(...against).toFixed(2)})`,
    );
  }
});
