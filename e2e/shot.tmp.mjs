import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { chromium } from '@playwright/test';

const dist = '/work/main/.cache/leaddist';
const T = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const srv = http
  .createServer((q, r) => {
    const u = new URL(q.url, 'http://x');
    let f = path.join(dist, u.pathname === '/' ? 'index.html' : u.pathname);
    if (!fs.existsSync(f)) {
      r.writeHead(404).end();
      return;
    }
    r.writeHead(200, { 'content-type': T[path.extname(f)] || 'application/octet-stream' });
    fs.createReadStream(f).pipe(r);
  })
  .listen(0);
const port = srv.address().port;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const shots = JSON.parse(process.argv[2]);
for (const s of shots) {
  const p = await b.newPage({ viewport: { width: s.w || 1440, height: s.h || 900 } });
  p.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') console.log(s.name, m.type(), m.text().slice(0, 300));
  });
  p.on('pageerror', (e) => console.log(s.name, 'ERR', String(e).slice(0, 400)));
  await p.goto(`http://127.0.0.1:${port}/${s.q || ''}`);
  await p.waitForTimeout(s.wait || 1500);
  if (s.do) await eval(`(async()=>{${s.do}})()`);
  await p.screenshot({ path: `/tmp/lead/${s.name}.png` });
  await p.close();
}
await b.close();
srv.close();
