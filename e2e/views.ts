// Every view of the app, for what has to hold in all of them.
import type { Page } from '@playwright/test';
import type { OpenOptions } from './app.ts';

export interface View {
  readonly name: string;
  readonly options: OpenOptions;
  /** What is done once it is open. */
  readonly reach?: (page: Page) => Promise<void>;
}

const CUT = { scenario: 'cookie-cutter', at: 184_000, play: 0 } as const;

/** Through the box that finds everything, by the place in its list that the words lead to. */
const doing =
  (en: string, ko: string, shows = 'dialog[open]:not(.palette)') =>
  async (page: Page) => {
    await page.keyboard.press('ControlOrMeta+k');
    const isKorean = (await page.locator('html').getAttribute('lang')) === 'ko';
    await page.getByRole('combobox').fill(isKorean ? ko : en);
    await page.keyboard.press('Enter');
    await page.locator(shows).first().waitFor();
  };

const pressing = (key: string, shows: string) => async (page: Page) => {
  await page.keyboard.press(key);
  await page.locator(shows).first().waitFor();
};

export const views: readonly View[] = [
  { name: 'stage with the inspector', options: CUT },
  { name: 'a node', options: { scenario: 'drain', at: 60_000, play: 0 } },
  { name: 'why', options: { scenario: 'gates', play: 0 } },
  { name: 'inside', options: { scenario: 'sample-pod', at: 20_000, play: 0, inside: 'default/hello' } },
  { name: 'terminal', options: CUT, reach: pressing('`', '.drawer') },
  { name: 'find or do', options: CUT, reach: pressing('ControlOrMeta+k', 'dialog[open]') },
  { name: 'shortcuts', options: CUT, reach: pressing('?', 'dialog[open]') },
  { name: 'share', options: CUT, reach: doing('Share', '공유') },
  { name: 'paste', options: CUT, reach: doing('Paste YAML', 'YAML 붙여') },
  { name: 'a lesson out of a world', options: CUT, reach: doing('as a lesson', '강의로') },
  { name: 'course', options: CUT, reach: doing('Lessons', '강의') },
  { name: 'lesson, a question', options: { lesson: 'cookie-cutter', step: 2, play: 0 } },
  { name: 'lesson, explained', options: { lesson: 'container-restart', step: 4, play: 0 } },
  { name: 'lesson, a goal', options: { lesson: 'sharing', step: 9, play: 0 } },
  { name: 'challenge', options: { lesson: 'two-by-two', play: 0 } },
  { name: 'classroom', options: { lesson: 'cookie-cutter', step: 2, play: 0 }, reach: doing('Classroom', '교실 모드', '.presenter') },
];
