// What a world in a document costs its page, with the processor slowed four times (`npm run bench:embed`): script before the poster's first
// frame, the longest task of the page while the poster stands, while the world is run and while somebody acts in it, and what is asked of
// the page while the world rests. The page is of another site and does nothing itself. Each sample has a browser of its own.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../e2e/browser.mjs';

const SLOWER = 4;
const samplesAt = process.argv.indexOf('--samples');
const SAMPLES = samplesAt < 0 ? 5 : Number(process.argv[samplesAt + 1]);
const SCRIPT_MS_MAX = 20;
const TASK_MS_MAX = 50;
const DOCUMENT = `<!doctype html><body style="height:3000px"><script>
  window.asked = 0;
  for (const name of ['requestAnimationFrame', 'setTimeout', 'setInterval']) {
    const original = window[name];
    window[name] = (...given) => (window.asked++, original(...given));
  }
</script>SCRIPT<podarium-world id="world" scenario="cookie-cutter"></podarium-world></body>`;

const PORT = 4179;
const site = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'e2e', 'serve.mjs'), String(PORT), '/docs/'], {
  stdio: 'inherit',
});
process.on('exit', () => site.kill());
const executablePath = ensureBrowser();
const documents = createServer((_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(DOCUMENT.replace('SCRIPT', `<script type="module" src="http://127.0.0.1:${PORT}/docs/podarium.js"></script>`));
});
await new Promise((resolve) => documents.listen(0, '127.0.0.1', resolve));

const samples = [];
for (let i = 0; i < SAMPLES; i++) samples.push(await sample());
report(
  'script before the first frame of the poster',
  samples.map(({ scriptMs }) => scriptMs),
  SCRIPT_MS_MAX,
  'ms',
);
for (const phase of ['poster', 'run', 'act'])
  report(
    `longest task, ${phase}`,
    samples.map(({ tasks }) => tasks[phase]),
    TASK_MS_MAX,
    'ms',
  );
for (const phase of ['paused', 'away'])
  report(
    `frames and timers asked for while ${phase}`,
    samples.map(({ asked }) => asked[phase]),
    0,
    '',
  );
documents.close();
site.kill();

async function sample() {
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
    const client = await page.context().newCDPSession(page);
    await page.goto('about:blank');
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const poster = await traced(browser, page, async () => {
      await page.goto(`http://127.0.0.1:${documents.address().port}/`);
      await page.waitForFunction(() => document.getElementById('world').shadowRoot);
      await page.waitForTimeout(1000);
    });
    const run = await traced(browser, page, async () => {
      await page
        .locator('#world')
        .getByRole('button', { name: /^Run it/ })
        .click();
      await page.waitForFunction(() => document.getElementById('world').state?.isPlaying);
      await page.waitForTimeout(2000);
    });
    const act = await traced(browser, page, async () => {
      await page.locator('#world').getByRole('button', { name: 'Delete a pod' }).click();
      await page.waitForTimeout(4000);
    });
    const asked = {};
    await page.evaluate(() => document.getElementById('world').pause());
    asked.paused = await askedIn(page, 1000);
    await page.evaluate(() => document.getElementById('world').play());
    await page.evaluate(() => scrollTo(0, 3000));
    await page.waitForTimeout(500);
    asked.away = await askedIn(page, 1000);
    return { scriptMs: poster.scriptMs, tasks: { poster: poster.longestMs, run: run.longestMs, act: act.longestMs }, asked };
  } finally {
    await browser.close();
  }
}

/** What the page's own thread worked meanwhile, as the browser's trace counts it: what else the machine does is not in it. */
async function traced(browser, page, work) {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-v8.compile', 'toplevel', 'v8'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const isOurs = ({ name, args }) => name === 'EvaluateScript' && /podarium|\/docs\//.test(args?.data?.url ?? '');
  const scripts = traceEvents.filter((event) => isOurs(event) || (event.name === 'v8.evaluateModule' && event.ph === 'X'));
  const thread = traceEvents.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const own = scripts[0] ?? thread;
  const onThread = traceEvents.filter(({ pid, tid }) => pid === own?.pid && tid === own?.tid);
  const tasks = onThread.filter(({ name, ph }) => ph === 'X' && name.endsWith('RunTask')).sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0));
  if (process.argv.includes('--tasks')) for (const task of tasks.slice(0, 4)) tellTask(task, onThread);
  return { longestMs: (tasks[0]?.tdur ?? 0) / 1000, scriptMs: scripts.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000 };
}

/** With --tasks: what the longest tasks are made of. */
function tellTask({ ts, dur, tdur }, events) {
  const parts = events.filter(
    (event) => event.ph === 'X' && event.ts >= ts && event.ts + (event.dur ?? 0) <= ts + dur && (event.tdur ?? 0) > 4000,
  );
  const words = parts.map(
    ({ name, tdur: own, args }) =>
      `${name} ${(own / 1000).toFixed(0)} ${(args?.data?.url ?? args?.data?.functionName ?? args?.fileName ?? '').split('/').at(-1)}`,
  );
  console.log(`  ${(tdur / 1000).toFixed(0)} ms: ${words.join(' | ').slice(0, 600)}`);
}

async function askedIn(page, ms) {
  await page.waitForTimeout(500);
  await page.evaluate(() => (window.asked = 0));
  await page.waitForTimeout(ms);
  return page.evaluate(() => window.asked);
}

function report(what, values, max, unit) {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  const verdict = sorted.at(-1) <= max ? 'PASS' : median <= max ? 'UNSURE' : 'FAIL';
  console.log(
    `${verdict}  ${what}: ${median.toFixed(0)}${unit && ` ${unit}`} (${sorted[0].toFixed(0)} to ${sorted.at(-1).toFixed(0)}), at most ${max}`,
  );
}
