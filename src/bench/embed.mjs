// What a world in a document costs its page, with the processor slowed four times (`npm run bench:embed`): the work of the page's own
// thread, and its longest task, while the poster comes, while the world is run and while somebody acts in it; and what is asked of the page
// while the world rests. The page is of another site and does nothing itself. Every second sample is the same page with an empty box
// in the world's place: what that costs is the page's, not ours. Each sample has a browser of its own, and is told in the browser's
// own protocol what to do, for a test tool's scripts in the page would be measured too.
//
//   --samples 5    how many of each
//   --busy         counts the unslowed work four times: on a busy machine the browser's own slowing is thrown off by what else runs
//   --tasks        what the longest tasks are made of
//   --calls        and which functions take long in them; the profiler makes everything slower
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../e2e/browser.mjs';
import { measurePace, tellPace } from './pace.mjs';
import { tellTasks } from './tasks.mjs';

const SLOWER = 4;
const IS_BUSY = process.argv.includes('--busy');
const pace = measurePace();
/** What a millisecond of the trace stands for. */
const WEIGHT = (IS_BUSY ? SLOWER : 1) / pace;
const samplesAt = process.argv.indexOf('--samples');
const SAMPLES = samplesAt < 0 ? 5 : Number(process.argv[samplesAt + 1]);
const TELLS_CALLS = process.argv.includes('--calls');
const TELLS_TASKS = TELLS_CALLS || process.argv.includes('--tasks');
const POSTER_SCRIPT_MS_MAX = 20;
const POSTER_WORK_MS_MAX = 60;
const TASK_MS_MAX = 50;
/** Says in the trace which thread is the page's. */
const MARK = 'the page';
const PORT = 4179;
/** A document with text, as documents are, that counts what is asked of it and has come to rest before the world is put in. */
const DOCUMENT = `<!doctype html><style>p,b{font:15px system-ui}</style><body style="height:3000px"><p>A <b>document</b></p><script>
  window.asked = 0;
  for (const name of ['requestAnimationFrame', 'setTimeout', 'setInterval']) {
    const original = window[name];
    window[name] = (...given) => (window.asked++, original(...given));
  }
  function put(name, script) {
    const box = document.createElement(name);
    box.id = 'world';
    box.setAttribute('scenario', 'cookie-cutter');
    if (!script) box.style = 'display:block;height:420px';
    document.body.prepend(box);
    if (script) document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: script }));
  }
</script></body>`;
const WORLD = "document.getElementById('world')";
const BUTTON = (name) => `[...${WORLD}.shadowRoot.querySelectorAll('button')].find((each) => each.textContent.startsWith('${name}'))`;

const site = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'e2e', 'serve.mjs'), String(PORT), '/docs/'], {
  stdio: 'inherit',
});
process.on('exit', () => site.kill());
const executablePath = ensureBrowser();
const documents = createServer((_, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(DOCUMENT));
await new Promise((resolve) => documents.listen(0, '127.0.0.1', resolve));

const samples = { world: [], blank: [] };
for (let i = 0; i < SAMPLES; i++) for (const what of ['world', 'blank']) samples[what].push(await sample(what));
console.log(tellPace(pace));
const all = (what, read) => samples[what].map(read);
console.log(
  `load ${loadavg()[0].toFixed(1)}, ${SAMPLES} samples, processor slowed ${SLOWER} times${IS_BUSY ? ' by counting' : ''}; median (least to most)`,
);
report(
  'script of the poster',
  all('world', ({ poster }) => poster.scriptMs),
  POSTER_SCRIPT_MS_MAX,
);
for (const phase of ['poster', 'run', 'act']) {
  const blank = all('blank', (each) => each[phase].workMs);
  const over = all('world', (each) => each[phase].workMs - median(blank));
  report(`work over a blank page, ${phase}`, over, phase === 'poster' ? POSTER_WORK_MS_MAX : undefined);
  report(
    `longest task, ${phase}`,
    all('world', (each) => each[phase].longestMs),
    TASK_MS_MAX,
  );
  report(
    `  of a blank page meanwhile`,
    all('blank', (each) => each[phase].longestMs),
  );
}
for (const phase of ['paused', 'away'])
  report(
    `frames and timers asked for while ${phase}`,
    all('world', (each) => each[phase]),
    0,
    '',
  );
documents.close();
site.kill();

async function sample(what) {
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
    const client = await page.context().newCDPSession(page);
    const ask = async (expression) => (await client.send('Runtime.evaluate', { expression, returnByValue: true })).result.value;
    /** On a busy machine things come later: what is not there cannot be pressed, and what was pressed takes its time. */
    const until = async (expression) => {
      for (let tries = 0; !(await ask(expression)); tries++) {
        if (tries > 300) throw new Error(`waited in vain for ${expression}`);
        await page.waitForTimeout(100);
      }
    };
    const press = async (name) => {
      if (what !== 'world') return;
      await until(`!!${BUTTON(name)}`);
      await ask(`${BUTTON(name)}.click()`);
    };
    await client.send('Emulation.setCPUThrottlingRate', { rate: IS_BUSY ? 1 : SLOWER });
    await page.goto(`http://127.0.0.1:${documents.address().port}/`);
    await page.waitForTimeout(1000);
    const phase = (name, ms, work) =>
      traced(browser, page, `${what}, ${name}`, async () => {
        await ask(`performance.mark('${MARK}')`);
        await work();
        await page.waitForTimeout(ms);
      });
    const script = what === 'world' ? `'http://127.0.0.1:${PORT}/docs/podarium.js'` : '';
    const poster = await phase('poster', 1500, () => ask(`put('${what === 'world' ? 'podarium-world' : 'div'}', ${script})`));
    const run = await phase('run', 3000, () => press('Run it'));
    const act = await phase('act', 5000, () => press('Delete a pod'));
    if (what === 'blank') return { poster, run, act };
    await until(`${WORLD}.state?.isPlaying && ${WORLD}.state.pods >= 3`);
    const askedIn = async (doing, ms = 1000) => {
      await ask(doing);
      await page.waitForTimeout(500);
      await ask('window.asked = 0');
      await page.waitForTimeout(ms);
      return ask('window.asked');
    };
    const paused = await askedIn(`${WORLD}.pause()`);
    const away = await askedIn(`${WORLD}.play(); scrollTo(0, 3000)`);
    return { poster, run, act, paused, away };
  } finally {
    await browser.close();
  }
}

/** What the page's own thread worked meanwhile, as the browser's trace counts it: what else the machine does is not in it. */
async function traced(browser, page, title, work) {
  const names = TELLS_CALLS ? ['disabled-by-default-v8.cpu_profiler'] : [];
  await browser.startTracing(page, { categories: ['devtools.timeline', 'toplevel', 'v8', 'blink.user_timing', ...names] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const mark = traceEvents.find(({ name }) => name === MARK);
  const events = traceEvents.filter(({ pid, tid }) => pid === mark.pid && (tid === mark.tid || TELLS_TASKS));
  const tasks = events.filter(({ name, ph, tid }) => tid === mark.tid && ph === 'X' && name.endsWith('RunTask'));
  const scripts = events.filter(({ name, ph }) => ph === 'X' && (name === 'v8.evaluateModule' || name === 'EvaluateScript'));
  const longest = tasks.sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0));
  if (TELLS_TASKS)
    tellTasks(
      title,
      longest.filter(({ tdur }) => tdur * WEIGHT > 25_000),
      events,
      WEIGHT,
    );
  const msOf = ({ tdur = 0 }) => (tdur * WEIGHT) / 1000;
  const sum = (list) => list.reduce((ms, event) => ms + msOf(event), 0);
  return { workMs: sum(tasks), longestMs: sum(longest.slice(0, 1)), scriptMs: sum(scripts) };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function report(what, values, max, unit = ' ms') {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const verdict = max === undefined ? '      ' : most <= max ? 'PASS  ' : median(values) <= max ? 'UNSURE' : 'FAIL  ';
  const limit = max === undefined ? '' : `, at most ${max}`;
  console.log(`${verdict}  ${what}: ${median(values).toFixed(0)}${unit} (${least.toFixed(0)} to ${most.toFixed(0)})${limit}`);
}
