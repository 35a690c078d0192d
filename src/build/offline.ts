// The service worker: everything the app needs is kept at the first visit, under a name made of its bytes, and served from there. A new
// version is fetched whole beside the old one and taken when the last page of the old one is closed or loaded anew, so that versions
// never mix.
// Slices of the Korean faces and the embed's parts are kept when they are first used: nobody loads 5 MB of letters he does not read.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const KEPT_WHEN_USED = /\.map$|\.woff$|sans-kr-|^chunks\.json$|^sw\.js$|\.md$|screenshot/;

export function offline(): Plugin {
  return {
    name: 'offline',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const built = Object.values(bundle).map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source] as const);
        const still = readdirSync('public').map((name) => [name, readFileSync(join('public', name))] as const);
        const kept = [...built, ...still].filter(([name]) => !KEPT_WHEN_USED.test(name));
        const hash = createHash('sha256');
        for (const [name, source] of kept) hash.update(name).update(source);
        const names = kept.map(([name]) => name).sort();
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: worker(hash.digest('hex').slice(0, 16), names) });
      },
    },
  };
}

function worker(version: string, names: readonly string[]): string {
  return `const NAME = 'podarium ' + registration.scope + ' ';
const CACHE = NAME + '${version}';
const FILES = ${JSON.stringify(names)};

addEventListener('install', (event) => {
  const keep = async () => (await caches.open(CACHE)).addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })));
  event.waitUntil(keep());
});

addEventListener('activate', (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name.startsWith(NAME) && name !== CACHE) await caches.delete(name);
    await clients.claim();
  };
  event.waitUntil(tidy());
});

// The version before sends it.
addEventListener('message', ({ data }) => {
  if (data === 'take over') skipWaiting();
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !request.url.startsWith(registration.scope) || url.pathname.endsWith('/sw.js')) return;
  event.respondWith(answer(request, url));
});

let hasGivenWay = false;

// Whether the only page of this version is loaded anew while a later version waits.
async function givesWay({ isReloadNavigation }) {
  const { waiting } = registration;
  if (!isReloadNavigation || !waiting || hasGivenWay || (await clients.matchAll()).length > 1) return false;
  hasGivenWay = true;
  waiting.postMessage('take over');
  return true;
}

// The later version answers then.
const loadAgain = () => new Response('<script>location.reload()</script>', { headers: { 'content-type': 'text/html' } });

async function answer(request, url) {
  if (await givesWay(request)) return loadAgain();
  const cache = await caches.open(CACHE);
  const isPage = request.mode === 'navigate';
  const name = url.pathname.endsWith('/') ? 'index.html' : request;
  const kept = await cache.match(name, { ignoreSearch: isPage });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && response.type === 'basic') await cache.put(request, response.clone());
  return response;
}
`;
}
