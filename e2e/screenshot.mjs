// npm run screenshot: the picture of the README, from the built app: the cookie cutter, a moment after the fourth cookie.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from './browser.mjs';

const PORT = '4179';
const FRAME = `http://127.0.0.1:${PORT}/?scenario=cookie-cutter&seed=1&at=176000&play=0&lang=en&theme=light`;
const file = join(import.meta.dirname, '..', 'public', 'screenshot.png');

const server = spawn(process.execPath, [join(import.meta.dirname, 'serve.mjs'), PORT, '/'], { stdio: 'inherit' });
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(FRAME, { waitUntil: 'networkidle' });
  await page.locator('[data-stage] svg').waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file });
  console.log(file);
} finally {
  await browser.close();
  server.kill();
}
