// The web page: reads the address, makes a session, shows it. Wiring only.

import { tapes } from 'virtual:tapes';
import { createRoot } from 'react-dom/client';
import './scene/tokens.css';
import './ui/theme.css';
import './scene/scene.css';
import { pageEn } from './i18n/en/page.ts';
import { findLanguage, languages } from './i18n/index.ts';
import type { Messages } from './i18n/language.ts';
import { scenarioNames } from './scenario/library/names.ts';
import { putIn } from './scenario/parts/part.ts';
import { around } from './session/around.ts';
import { createSession } from './session/createSession.ts';
import { loadEngine } from './session/loadEngine.ts';
import { readPreference } from './session/preferences.ts';
import type { Session, Theme } from './session/session.ts';
import { readLink } from './session/shareLink.ts';
import type { Tape } from './session/tape.ts';
import type { WorldLink } from './session/worldLink.ts';
import { App } from './ui/App.tsx';
import { Fallback } from './ui/Fallback.tsx';
import { loadFonts } from './ui/fonts.ts';
import { SessionProvider } from './ui/hooks.tsx';
import { loadLater } from './ui/later.tsx';

// A tape may show them before the engine is there.
putIn(around);

const codes = languages.map(({ code }) => code);
const isWorld = /^#[sw]=/.test(location.hash);
/** A world in the fragment, or the words of the query. */
const link: WorldLink =
  (isWorld && (await (await import('./session/worldLink.ts')).readWorld(location.hash, codes))) || readLink(location.search, codes);
/** What lies further ahead takes long to run. */
const FAR_MS = 600_000;
/** What a link asks to be run may be much: it is run in view, a slice a frame. */
const arrivesLater = link.deeds !== undefined || link.objects !== undefined || (link.atMs ?? 0) > FAR_MS;
const language =
  link.language ??
  codes.find((code) => code === readPreference('language')) ??
  codes.find((code) => navigator.language.startsWith(code)) ??
  'en';
const theme = link.theme ?? (['light', 'dark', 'auto'] as const).find((each): each is Theme => each === readPreference('theme')) ?? 'auto';
const isMotionReduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
const root = document.getElementById('root');

/** The tape of the run that the address names, if there is one that reaches its moment. */
async function findTape(): Promise<Tape | undefined> {
  const { scenario = scenarioNames[0], lesson, seed, atMs = 0, deeds, dropped, inside, objects } = link;
  // No tape holds what goes on inside pods.
  if (lesson || inside || deeds || dropped || objects || (seed ?? 1) !== 1) return undefined;
  const tape = await tapes[scenario]?.();
  return tape && atMs <= tape.endMs ? tape : undefined;
}

/** English comes with the page, and stands in where without the network another language does not come. */
async function loadMessages(): Promise<Messages> {
  if (language === languages[0].code) return pageEn;
  return (
    findLanguage(language)
      ?.load()
      .catch(() => pageEn) ?? pageEn
  );
}

async function open(element: HTMLElement): Promise<void> {
  const [messages, tape] = await Promise.all([loadMessages(), findTape(), loadFonts(language).catch(() => {})]);
  const { objects } = link;
  const session = createSession({
    ...(objects ? { setting: (await import('./session/importing.ts')).settingOfLink(objects) } : {}),
    ...(link.lesson ? { scenario: 'empty' } : link),
    ...(tape ? { tape, engine: loadEngine } : { engine: await loadEngine() }),
    language,
    theme,
    isMotionReduced,
    ...(arrivesLater ? { atMs: 0 } : {}),
    isPlaying: !arrivesLater && (link.isPlaying ?? !isMotionReduced),
  });
  if (link.lesson) {
    const { openLesson } = await import('./ui/lesson/openLesson.ts');
    await openLesson(session, link.lesson, link);
  }
  createRoot(element).render(
    <Fallback words={messages.app}>
      <SessionProvider session={session} messages={messages}>
        <App problems={link.problems} />
      </SessionProvider>
    </Fallback>,
  );
  if (link.failure) session.notify(messages.share[link.failure], { isError: true });
  // After the first picture come the engine and the parts of the interface that it did without.
  requestAnimationFrame(() =>
    setTimeout(() => {
      void arrive(session, messages);
      session.wake();
      loadLater();
      keepOffline();
    }),
  );
}

/** Comes to the moment of the link, and says so if the world there is not the one that the link was made of. */
async function arrive(session: Session, messages: Messages): Promise<void> {
  if (arrivesLater) await session.arrive(link.atMs ?? 0);
  if (link.mark && link.atMs !== undefined) {
    const { isSameWorld } = await import('./session/mark.ts');
    if (!isSameWorld(session, link.mark, link.atMs)) session.notify(messages.share.otherBuild(link.mark.build), { isError: true });
  }
  if (arrivesLater && link.isPlaying) session.play();
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
