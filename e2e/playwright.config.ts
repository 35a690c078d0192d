// Journeys in a real browser, against the built app served under a sub-path, as a documentation site would.
import { defineConfig } from '@playwright/test';
import { findBrowser } from './browser.mjs';

const PORT = 4178;
const executablePath = findBrowser();
/** How many times slower the browser's processor is made, and how late its files come (`openApp`): `SLOWDOWN=6 npx playwright test -c e2e` finds what holds on fast machines only. */
const slowdown = Number(process.env['SLOWDOWN'] ?? 1);

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  // A machine that others use may stumble: CI tells what passed only the second time as flaky. Here it fails, to be mended.
  retries: process.env['CI'] ? 1 : 0,
  // A busy machine is slow, not wrong.
  timeout: 120_000 * slowdown,
  expect: { timeout: 15_000 * slowdown },
  reporter: [['line']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}/docs/pods/`,
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    // Traces cost a sixth of the time; `--trace retain-on-failure` makes them where one is needed.
    trace: 'off',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // A page that stands for a foreign site asks this server, which is on the machine.
        '--disable-features=LocalNetworkAccessChecks',
      ],
    },
  },
  webServer: {
    command: `node serve.mjs ${PORT} /docs/pods/`,
    cwd: import.meta.dirname,
    url: `http://127.0.0.1:${PORT}/docs/pods/`,
    reuseExistingServer: false,
  },
});
