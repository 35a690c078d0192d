// The web page: reads the address, makes a session, shows it. Wiring only.

import { tapes } from 'virtual:tapes';
import { createRoot } from 'react-dom/client';
import './scene/tokens.css';
import './ui/theme.css';
import './scene/scene.css';
import { findLanguage, languages } from './i18n/index.ts';
import { scenarioNames } from './scenario/library/names.ts';
import { createSession } from './session/createSession.ts';
import { readPreference } from './session/preferences.ts';
import type { Theme } from './session/session.ts';
import { readLink } from './session/shareLink.ts';
import type { Tape } from './session/tape.ts';
import { App } from './ui/App.tsx';
import { Fallback } from './ui/Fallback.tsx';
import { loadFonts } from './ui/fonts.ts';
import { SessionProvider } from './ui/hooks.tsx';
import { loadLater } from './ui/later.tsx';

const codes = languages.map(({ code }) => code);
const link = readLink(location.search, codes);
const language =
  link.language ??
  codes.find((code) => code === readPreference('language')) ??
  codes.find((code) => navigator.language.startsWith(code)) ??
  'en';
const theme = link.theme ?? (['light', 'dark', 'auto'] as const).find((each): each is Theme => each === readPreference('theme')) ?? 'auto';
const isMotionReduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
const root = document.getElementById('root');

const loadEngine = async () => (await import('./session/engine.ts')).engine;

/** The tape of the run that the address names, if there is one that reaches its moment. */
async function findTape(): Promise<Tape | undefined> {
  const { scenario = scenarioNames[0], lesson, seed, atMs = 0, deeds, dropped } = link;
  if (lesson || deeds || dropped || (seed ?? 1) !== 1) return undefined;
  const tape = await tapes[scenario]?.();
  return tape && atMs <= tape.endMs ? tape : undefined;
}

async function open(element: HTMLElement): Promise<void> {
  const [messages, tape] = await Promise.all([
    (findLanguage(language) ?? (languages[0] as (typeof languages)[number])).load(),
    findTape(),
    loadFonts(language).catch(() => {}),
  ]);
  const session = createSession({
    ...link,
    ...(tape ? { tape, engine: loadEngine } : { engine: await loadEngine() }),
    ...(link.lesson ? { scenario: 'empty' } : {}),
    language,
    theme,
    isMotionReduced,
    isPlaying: link.isPlaying ?? !isMotionReduced,
  });
  if (link.lesson) {
    const { openLesson } = await import('./ui/lesson/openLesson.ts');
    await openLesson(session, link.lesson, link.stage);
  }
  createRoot(element).render(
    <Fallback words={messages.app}>
      <SessionProvider session={session} messages={messages}>
        <App problems={link.problems} />
      </SessionProvider>
    </Fallback>,
  );
  // After the first picture come the engine and the parts of the interface that it did without.
  requestAnimationFrame(() =>
    setTimeout(() => {
      session.wake();
      loadLater();
      keepOffline();
    }),
  );
}

/** Keeps the page for when there is no network. A frame in a sandbox may not even ask. */
function keepOffline(): void {
  if (!import.meta.env.PROD || import.meta.env['IS_SINGLE_FILE'] || !location.protocol.startsWith('http')) return;
  try {
    navigator.serviceWorker?.register('./sw.js').catch(() => {});
  } catch {
    // Then the page is as it is without.
  }
}

if (root) void open(root);
