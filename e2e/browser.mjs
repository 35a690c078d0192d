// Finds the Chromium that the browser tests drive, or installs one the way the platform does:
// PODARIUM_CHROMIUM, then Playwright's own, then one on the PATH, then Playwright's download, then Debian's package.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium that is there, or undefined. */
export function findBrowser() {
  const named = process.env.PODARIUM_CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...PLACES].find((path) => existsSync(path));
}

function run(command, args, timeout) {
  console.log(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', timeout }).status === 0;
}

/** Installs a Chromium if none is there. Returns its path; ends the process with a word on what to do when none can be had. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (process.env.PODARIUM_CHROMIUM) {
    console.error(
      `PODARIUM_CHROMIUM names ${process.env.PODARIUM_CHROMIUM}, and there is no such file. Correct it, or unset it to let one be found.`,
    );
    process.exit(1);
  }
  const playwright = join(import.meta.dirname, '..', 'node_modules', '.bin', 'playwright');
  if (run(playwright, ['install', 'chromium'], 300_000) && findBrowser()) return findBrowser();
  const apt = process.platform === 'linux' && hasCommand('apt-get');
  if (apt) {
    const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
    const debian = (...args) => run([...sudo, 'apt-get'][0], [...sudo, 'apt-get', ...args].slice(1), 600_000);
    debian('update', '-qq');
    if (debian('install', '-y', '-qq', 'chromium') && findBrowser()) return findBrowser();
  }
  console.error(
    [
      'The browser tests need a Chromium, and none was found or could be installed.',
      'Do one of these, then run the tests again:',
      '  - npx playwright install chromium       (needs the network)',
      '  - install Chromium or Google Chrome with your system (Debian: apt-get install chromium)',
      '  - set PODARIUM_CHROMIUM to the path of one',
      'Everything but the browser tests runs with: npm run test:quick',
    ].join('\n'),
  );
  process.exit(1);
}

function hasCommand(name) {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === import.meta.filename) console.log(`Chromium: ${ensureBrowser()}`);
