// The web page: reads the address, makes a session, shows it. Wiring only.
import { createRoot } from 'react-dom/client';
import './ui/theme.css';
import './scene/scene.css';
import { findLanguage, languages } from './i18n/index.ts';
import { createSession } from './session/createSession.ts';
import { readPreference } from './session/preferences.ts';
import type { Theme } from './session/session.ts';
import { readLink } from './session/shareLink.ts';
import { App } from './ui/App.tsx';
import { Fallback } from './ui/Fallback.tsx';
import { loadFonts } from './ui/fonts.ts';
import { SessionProvider } from './ui/hooks.tsx';

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

async function open(element: HTMLElement): Promise<void> {
  const [messages] = await Promise.all([
    (findLanguage(language) ?? (languages[0] as (typeof languages)[number])).load(),
    loadFonts(language).catch(() => {}),
  ]);
  const session = createSession({ ...link, language, theme, isMotionReduced, isPlaying: link.isPlaying ?? !isMotionReduced });
  createRoot(element).render(
    <Fallback words={messages.app}>
      <SessionProvider session={session} messages={messages}>
        <App problems={link.problems} />
      </SessionProvider>
    </Fallback>,
  );
}

if (root) void open(root);
