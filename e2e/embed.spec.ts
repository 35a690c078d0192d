// A world in documents of other sites: the element and the frame, in pages as documentation tools write them.
import { expect, type Page, test } from '@playwright/test';

const OTHER = 'http://docs.example/';

/** A page of another site; `head` and `body` are what its tool would write. */
async function host(
  page: Page,
  base: string | undefined,
  { head = '', body, policy = '' }: { head?: string; body: string; policy?: string },
): Promise<void> {
  page.on('pageerror', (error) => {
    throw error;
  });
  const script = `<script type="module" src="${base}podarium.js"></script>`;
  await page.route(`${OTHER}**`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: policy ? { 'content-security-policy': policy } : {},
      body: `<!doctype html><html><head>${head}${script}</head><body>${body}</body></html>`,
    }),
  );
  await page.goto(OTHER);
}

const world = (page: Page, id = 'world') => page.locator(`#${id}`);
const state = (page: Page, id = 'world') =>
  page.evaluate(
    (name) => (document.getElementById(name) as unknown as { state?: { atMs: number; isPlaying: boolean; pods: number } }).state,
    id,
  );
const cookies = (page: Page, id = 'world') => world(page, id).locator('button[data-object^="Pod/"]');

test('is a poster until it is pressed, then plays and can be acted in', async ({ page, baseURL }) => {
  await host(page, baseURL, { body: '<podarium-world id="world" scenario="cookie-cutter">fallback</podarium-world>' });
  await expect(world(page).getByText('What happens to these three pods?')).toBeVisible();
  await expect(world(page).locator('.picture .drawn')).toBeVisible();
  expect(await state(page)).toBeUndefined();
  await world(page)
    .getByRole('button', { name: /^Run it/ })
    .click();
  await expect(cookies(page)).toHaveCount(3);
  await expect.poll(async () => (await state(page))?.isPlaying).toBe(true);
  await page.evaluate(() => (document.getElementById('world') as unknown as { seek(ms: number): void }).seek(158_000));
  await expect(cookies(page)).toHaveCount(4);
  const keys = () => cookies(page).evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['object']));
  // The cutters stand over the bar where they were changed.
  await expect(world(page).locator('.marks g.look-B').first()).toBeVisible();
  const before = await keys();
  const full = world(page).getByRole('link', { name: 'Open full size' });
  await full.focus();
  expect(await full.getAttribute('href')).toContain(`${baseURL}#s=cookie-cutter`);
  await world(page).getByRole('button', { name: 'Delete a pod' }).click();
  await expect.poll(keys, { timeout: 30_000 }).not.toEqual(before);
  await full.focus();
  // What was done goes along: the link holds the whole world.
  await expect(full).toHaveAttribute('href', /#w=./);
});

test('two worlds speak two languages, and nothing leaks between them and their page', async ({ page, baseURL }) => {
  await host(page, baseURL, {
    head: '<style>button { display: none !important } p { color: red !important }</style>',
    body: `<p id="text">text</p><button id="own">own</button><div lang="ko"><podarium-world id="world"></podarium-world></div>
      <podarium-world id="other" scenario="self-healing" lang="en" theme="dark" look="bare"></podarium-world>`,
  });
  await expect(world(page).getByRole('button', { name: /^실행하기/ })).toBeVisible();
  await expect(world(page, 'other').getByRole('button', { name: /^Run it/ })).toBeVisible();
  const globals = () => page.evaluate(() => Object.keys(window).filter((name) => /podarium/i.test(name)));
  expect(await globals()).toEqual([]);
  const before = await page.evaluate(() => [
    document.styleSheets.length,
    document.head.children.length,
    document.adoptedStyleSheets.length,
  ]);
  await world(page).getByRole('button').click();
  await world(page, 'other').getByRole('button').click();
  await expect(cookies(page)).toHaveCount(3);
  await expect(world(page).getByRole('button', { name: '일시 정지' })).toBeVisible();
  await expect(world(page, 'other').getByRole('button', { name: 'Pause' })).toBeVisible();
  expect(
    await page.evaluate(() => [document.styleSheets.length, document.head.children.length, document.adoptedStyleSheets.length]),
  ).toEqual(before);
  expect(await globals()).toEqual([]);
  await expect(page.locator('#own')).toBeHidden();
});

test.describe('follows the switch of its site', () => {
  const sites = [
    {
      name: 'Docusaurus',
      dark: () => document.documentElement.setAttribute('data-theme', 'dark'),
      body: '<div id="__docusaurus"><main></main></div>',
    },
    { name: 'Docsy', dark: () => document.documentElement.setAttribute('data-bs-theme', 'dark'), body: '<main class="td-main"></main>' },
    {
      name: 'Material for MkDocs',
      dark: () => document.body.setAttribute('data-md-color-scheme', 'slate'),
      body: '<main class="md-main"></main>',
    },
  ];
  for (const { name, dark, body } of sites) {
    test(name, async ({ page, baseURL }) => {
      await host(page, baseURL, { body });
      // As a framework does it: the element is made after the script has come.
      await page.evaluate(() => {
        const element = document.createElement('podarium-world');
        element.id = 'world';
        document.querySelector('main')?.append(element);
      });
      await expect(world(page)).toHaveAttribute('data-scheme', 'light');
      await page.evaluate(dark);
      await expect(world(page)).toHaveAttribute('data-scheme', 'dark');
      await expect(world(page).locator('.poster')).toHaveCSS('background-color', 'rgb(15, 18, 19)');
    });
  }
});

test('instant navigation takes it away and puts it back', async ({ page, baseURL }) => {
  await host(page, baseURL, { body: '<main><podarium-world id="world" start="now"></podarium-world></main>' });
  await expect(cookies(page)).toHaveCount(3);
  await page.evaluate(() => {
    const main = document.querySelector('main') as HTMLElement;
    main.replaceChildren();
    main.innerHTML = '<podarium-world id="world" scenario="cookie-cutter" at="2:40" start="now"></podarium-world>';
  });
  await expect(cookies(page)).toHaveCount(4);
});

test('asks for no frame and no timer while it is out of sight or paused', async ({ page, baseURL }) => {
  await page.addInitScript(() => {
    const counts = { frames: 0, timers: 0 };
    Object.assign(window, { counts });
    const frame = window.requestAnimationFrame.bind(window);
    const timer = window.setTimeout.bind(window);
    window.requestAnimationFrame = (callback) => (counts.frames++, frame(callback));
    window.setTimeout = ((...given: Parameters<typeof setTimeout>) => (counts.timers++, timer(...given))) as typeof setTimeout;
  });
  await host(page, baseURL, {
    body: '<podarium-world id="world" start="visible" autoplay></podarium-world><div style="height: 3000px"></div>',
  });
  await expect.poll(async () => (await state(page))?.isPlaying).toBe(true);
  await page.mouse.wheel(0, 2500);
  await expect.poll(async () => (await state(page))?.isPlaying).toBe(false);
  // What was asked for before has come by now.
  await page.waitForFunction(async () => {
    const { counts } = window as unknown as { counts: { frames: number; timers: number } };
    const before = { ...counts };
    await new Promise((resolve) => {
      const channel = new MessageChannel();
      let left = 2000;
      channel.port1.onmessage = () => (left-- > 0 ? channel.port2.postMessage(0) : resolve(undefined));
      channel.port2.postMessage(0);
    });
    return counts.frames === before.frames && counts.timers === before.timers;
  });
  await page.mouse.wheel(0, -2500);
  await expect.poll(async () => (await state(page))?.isPlaying).toBe(true);
});

test('never takes the wheel from its page', async ({ page, baseURL }) => {
  await host(page, baseURL, { body: '<podarium-world id="world" start="now"></podarium-world><div style="height: 3000px"></div>' });
  await expect(cookies(page)).toHaveCount(3);
  await world(page).hover();
  await page.mouse.wheel(0, 300);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
});

test('runs under a strict policy of its host, and in a frame of a foreign site with scripts alone', async ({ page, baseURL }) => {
  const { origin } = new URL(baseURL ?? '');
  await host(page, baseURL, {
    policy: `default-src 'none'; script-src ${origin}; img-src ${origin}; frame-src ${origin}; font-src ${origin}`,
    body: `<podarium-world id="world" start="now"></podarium-world>
      <iframe id="frame" sandbox="allow-scripts" width="720" height="420" src="${baseURL}embed.html?scenario=cookie-cutter&amp;start=now&amp;theme=dark"></iframe>`,
  });
  await expect(cookies(page)).toHaveCount(3);
  const inside = page.frameLocator('#frame').locator('podarium-world');
  await expect(inside.locator('button[data-object^="Pod/"]')).not.toHaveCount(0);
  await inside.getByRole('button', { name: 'Delete a pod' }).click();
  await expect(inside.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('the frame says its height and answers messages, and iframe-resizer', async ({ page, baseURL }) => {
  await host(page, baseURL, {
    body: `<iframe id="frame" width="400" height="100" src="${baseURL}embed.html?scenario=cookie-cutter&amp;start=now"></iframe>`,
  });
  const heard = await page.evaluate(async () => {
    const messages: unknown[] = [];
    const frame = document.getElementById('frame') as HTMLIFrameElement;
    const until = (isSo: (message: unknown) => boolean) =>
      new Promise<unknown>((resolve) =>
        addEventListener('message', ({ data }) => {
          messages.push(data);
          if (isSo(data)) resolve(data);
        }),
      );
    const is = (what: string) => (message: unknown) => (message as { podarium?: string }).podarium === what;
    const height = until(is('height'));
    const ready = until((message) => (message as { type?: string }).type === 'ready');
    const resized = until((message) => typeof message === 'string' && message.startsWith('[iFrameSizer]docs:'));
    const said = until(is('state'));
    const ask = setInterval(() => frame.contentWindow?.postMessage({ podarium: 'height' }, '*'), 100);
    await Promise.all([height, ready]);
    clearInterval(ask);
    const cycle: Record<string, unknown> = { podarium: 'run' };
    cycle['line'] = cycle;
    const hostile = [
      null,
      1,
      [],
      cycle,
      { podarium: {} },
      { podarium: 'seek', atMs: '9' },
      { podarium: 'run', line: 'x'.repeat(3000) },
      { podarium: 'theme', theme: 'x' },
    ];
    for (const message of [...hostile, JSON.parse('{"__proto__": {"podarium": "play"}}')]) frame.contentWindow?.postMessage(message, '*');
    frame.contentWindow?.postMessage('[iFrameSizer]docs:8:false:true:32:true:true:null:bodyOffset', '*');
    frame.contentWindow?.postMessage({ podarium: 'theme', theme: 'dark' }, '*');
    frame.contentWindow?.postMessage({ podarium: 'state' }, '*');
    return { height: await height, resized: await resized, state: await said };
  });
  expect(heard.height).toEqual({ podarium: 'height', height: 480 });
  expect(heard.resized).toBe('[iFrameSizer]docs:480:400:init');
  expect(heard.state).toMatchObject({ state: { scenario: 'cookie-cutter', pods: 3, isPlaying: false } });
  await expect(page.frameLocator('#frame').locator('podarium-world')).toHaveAttribute('data-scheme', 'dark');
});

test('runs a manifest and lines of its own, or says why not', async ({ page, baseURL }) => {
  await host(page, baseURL, {
    body: `<podarium-world id="world" start="now" run="kubectl create deployment shop --image=nginx --replicas=2"
      manifest='{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "alone"}, "spec": {"containers": [{"name": "c", "image": "nginx"}]}}'></podarium-world>
      <podarium-world id="page" start="now" manifest="a-page-of-this-site.yaml"></podarium-world>
      <podarium-world id="wrong" start="now" manifest="kind: Pod" home="javascript:alert(1)"></podarium-world>`,
  });
  await page.evaluate(() => (document.getElementById('world') as unknown as { seek(ms: number): Promise<void> }).seek(8000));
  await expect(cookies(page)).toHaveCount(3);
  await expect(world(page, 'page')).toContainText('a-page-of-this-site.yaml is a web page, not a manifest.');
  await expect(world(page, 'wrong').getByRole('status')).toContainText('error');
  await expect(world(page, 'wrong').getByRole('link')).toHaveAttribute('href', /^http/);
});
