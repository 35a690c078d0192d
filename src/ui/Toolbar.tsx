// The top bar: which world this is, finding and doing, how it looks, and sharing it.
import { languages } from '../i18n/index.ts';
import type { Messages } from '../i18n/language.ts';
import { IMPORTED } from '../session/imported.ts';
import type { LessonState } from '../session/lessonState.ts';
import { useMedia, useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { Icon } from './icons.tsx';
import { MoreMenu } from './later.tsx';
import './toolbar.css';

export const commandKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl ';

export function Toolbar() {
  const session = useSessionHandle();
  const m = useMessages();
  const { overlay, open, close } = useOverlays();
  const isDark = useIsDark();
  const language = useSession((state) => state.language);
  const isPresenting = useSession((state) => state.isPresenting);
  return (
    <header className="toolbar" aria-label={m.toolbar.label}>
      <span className="toolbar-brand">
        <BrandMark />
        <h1>{m.app.name}</h1>
      </span>
      <span className="toolbar-rule" />
      <ScenarioButton />
      <span className="toolbar-space" />
      <LearnButton />
      <button type="button" className="button quiet toolbar-find" aria-label={m.toolbar.find} onClick={() => open({ type: 'palette' })}>
        <Icon name="search" size={15} />
        <span className="toolbar-word">{m.toolbar.find}</span>
        <span className="kbd toolbar-word">{commandKey}K</span>
      </button>
      <button
        type="button"
        className="button quiet square toolbar-wide"
        aria-label={m.toolbar.classroom}
        title={m.toolbar.classroom}
        aria-pressed={isPresenting}
        onClick={() => session.present(!isPresenting)}
      >
        <Icon name="projector" />
      </button>
      <button
        type="button"
        className="button quiet square toolbar-wide"
        aria-label={isDark ? m.toolbar.theme.light : m.toolbar.theme.dark}
        title={isDark ? m.toolbar.theme.light : m.toolbar.theme.dark}
        onClick={() => session.setTheme(isDark ? 'light' : 'dark')}
      >
        <Icon name={isDark ? 'sun' : 'moon'} />
      </button>
      <button
        type="button"
        className="button quiet toolbar-wide"
        aria-label={m.toolbar.language}
        onClick={() => session.setLanguage(nextLanguage(language))}
      >
        <Icon name="globe" size={15} />
        {language.toUpperCase()}
      </button>
      <button type="button" className="button toolbar-wide" onClick={() => open({ type: 'share' })}>
        <Icon name="link" size={14} />
        {m.toolbar.share}
      </button>
      <button
        type="button"
        className="button quiet square toolbar-more"
        aria-label={m.toolbar.menu}
        aria-haspopup="menu"
        aria-expanded={overlay?.type === 'more'}
        onClick={() => open({ type: 'more' })}
      >
        <Icon name="menu" />
      </button>
      {overlay?.type === 'more' && <MoreMenu onClose={close} />}
    </header>
  );
}

function ScenarioButton() {
  const m = useMessages();
  const { overlay, open } = useOverlays();
  const name = useSession((state) => state.scenario);
  const lesson = useSession((state) => state.lesson);
  const language = useSession((state) => state.language);
  const words = lesson ? lessonWords(lesson, language, m) : worldWords(name, m);
  return (
    <button
      type="button"
      className={lesson?.number === undefined ? 'button quiet toolbar-scenario' : 'button quiet toolbar-scenario toolbar-lesson'}
      aria-haspopup="dialog"
      aria-expanded={overlay?.type === 'scenarios'}
      onClick={() => open({ type: lesson ? 'course' : 'scenarios' })}
    >
      <span className="toolbar-scenario-words">
        <b>{words.title}</b>
        <span className="toolbar-about">{words.about}</span>
      </span>
      <Icon name="chevronDown" size={12} />
    </button>
  );
}

/** A world's title and what it is about. */
export function worldWords(name: string | undefined, m: Messages): { readonly title: string; readonly about: string } {
  if (name === undefined) return m.toolbar.ownWorld;
  return name === IMPORTED ? m.paste.cluster : m.scenarios[name as keyof Messages['scenarios']];
}

/** `Lesson 7  The cookie cutter`. */
function lessonWords({ lesson: { title }, number }: LessonState, language: string, m: Messages) {
  const words = title[language] ?? title['en'] ?? '';
  return number === undefined ? { title: words, about: '' } : { title: m.toolbar.lesson(number), about: words };
}

/** Into the course, or out of a lesson. */
function LearnButton() {
  const session = useSessionHandle();
  const m = useMessages();
  const { open } = useOverlays();
  const isLesson = useSession((state) => state.lesson !== undefined);
  return (
    <button
      type="button"
      className={isLesson ? 'button quiet toolbar-leave' : 'button quiet toolbar-learn'}
      aria-label={isLesson ? m.toolbar.leaveLesson : undefined}
      onClick={() => (isLesson ? session.setLesson(undefined) : open({ type: 'course' }))}
    >
      {isLesson && <Icon name="leave" />}
      <span>{isLesson ? m.toolbar.leaveLesson : m.toolbar.learn}</span>
    </button>
  );
}

export function nextLanguage(code: string): string {
  const at = languages.findIndex((language) => language.code === code);
  return (languages[(at + 1) % languages.length] as (typeof languages)[number]).code;
}

/** Whether the page is dark now, by choice or by the system's. */
export function useIsDark(): boolean {
  const theme = useSession((state) => state.theme);
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  return theme === 'auto' ? isSystemDark : theme === 'dark';
}

/** A sandboxed frame may not change its address, and does without. */
export function showInAddress(link: string): void {
  try {
    history.replaceState(null, '', link);
  } catch {
    // The clipboard still gets the link.
  }
}

function BrandMark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M3 16.5V10.5A8 8 0 0 1 19 10.5V16.5M1.5 19H20.5" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />
      <circle cx="8.4" cy="14" r="2.7" fill="var(--a-fill)" />
      <rect x="12" y="11.4" width="5.1" height="5.1" rx="1.1" fill="var(--b-fill)" />
    </svg>
  );
}
