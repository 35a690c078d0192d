// The page: top bar, stage, inspector, time and terminal, arranged by the width of its own box, and what lies over them.

import { lazy, Suspense, useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { partsOf } from '../kube/meta.ts';
import { IMPORTED } from '../session/imported.ts';
import { selectIsEmpty } from '../session/selectors.ts';
import type { LinkProblem } from '../session/shareLink.ts';
import { GlyphPatterns } from './Glyph.tsx';
import { useMedia, useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { InspectorRegion } from './InspectorRegion.tsx';
import { keyAt, useKeys } from './keys.ts';
import { Building, EmptyWorld, Overlaid, PrintedPage, TerminalDrawer, WhyView } from './later.tsx';
import { Notice } from './Notice.tsx';
import { usePasteAnywhere } from './pasteAnywhere.ts';
import { Stage } from './stage/Stage.tsx';
import { TerminalStrip } from './TerminalStrip.tsx';
import { PastPill, Timeline } from './Timeline.tsx';
import { showInAddress, Toolbar, useIsDark, worldWords } from './Toolbar.tsx';
import { Welcome } from './Welcome.tsx';
import { canZoom } from './zoom.ts';
import './app.css';

const LONG_PRESS_MS = 450;

const Classroom = lazy(() => import('./classroom/Classroom.tsx').then((loaded) => ({ default: loaded.Classroom })));
const LessonRegion = lazy(() => import('./lesson/LessonRegion.tsx').then((loaded) => ({ default: loaded.LessonRegion })));

export function App({ problems }: { readonly problems: readonly LinkProblem[] }) {
  const session = useSessionHandle();
  const m = useMessages();
  const isTerminalOpen = useSession((state) => state.isTerminalOpen);
  const isLesson = useSession((state) => state.lesson !== undefined);
  // A lesson itself says what is to be done with an empty world; who looks for a pod that is gone is told so.
  const isEmpty = useSession(
    (state) =>
      !state.lesson &&
      !state.inside &&
      state.playheadMs === state.endMs &&
      state.terminal.every(({ exitCode }) => exitCode !== undefined) &&
      selectIsEmpty(state),
  );
  const isPresenting = useSession((state) => state.isPresenting);
  const isBuilding = useSession((state) => state.building !== undefined);
  const { overlay } = useOverlays();
  const isAsking = useSession(({ refusal, pendingFork, pendingPods }) =>
    [refusal, pendingFork, pendingPods].some((asked) => asked !== undefined),
  );
  const isAnythingOver = overlay !== undefined || isAsking;
  const isDropping = usePasteAnywhere();
  const root = useRef<HTMLDivElement>(null);
  useKeys();
  usePageAttributes();
  useObjectMenus(root);
  useProblems(problems);
  return (
    <div
      className={`podarium ${overlay ? 'podarium-covered' : ''} ${isPresenting ? 'presenting' : ''} ${isPresenting && canZoom() ? 'enlarged' : ''}`}
      ref={root}
    >
      <a className="skip" href="#stage">
        {m.app.skip}
      </a>
      <PrintedPage flush={flushSync} />
      <div className={`app ${isTerminalOpen ? 'app-terminal' : ''} ${isLesson ? 'app-lesson' : ''}`}>
        <GlyphPatterns />
        <Toolbar />
        {isLesson && (
          <Suspense fallback={<aside className="lesson-region" />}>
            <LessonRegion />
          </Suspense>
        )}
        <main className="stage-region" aria-label={m.app.stage} id="stage">
          <Welcome />
          <Stage session={session} />
          {isEmpty && <EmptyWorld />}
          {isBuilding && <Building />}
          <PastPill />
          <Notice />
          {isDropping && <div className="drop-veil">{m.paste.dropHere}</div>}
        </main>
        <InspectorRegion />
        {overlay?.type === 'why' && <WhyView key={overlay.key} podKey={overlay.key} />}
        {isTerminalOpen && <TerminalDrawer />}
        <Timeline />
        <TerminalStrip />
      </div>
      {isPresenting && (
        <Suspense>
          <Classroom />
        </Suspense>
      )}
      {isAnythingOver && <Overlaid />}
    </div>
  );
}

/** The page's own language, theme, title and address follow the session. */
function usePageAttributes(): void {
  const session = useSessionHandle();
  const m = useMessages();
  const isDark = useIsDark();
  const language = useSession((state) => state.language);
  const scenario = useSession((state) => state.scenario);
  const lessonTitle = useSession((state) => state.lesson?.lesson.title);
  const lessonLink = useSession((state) => state.lesson && `?lesson=${state.lesson.lesson.id}&step=${state.lesson.at + 1}`);
  const isMotionReduced = useMedia('(prefers-reduced-motion: reduce)');
  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }, [isDark]);
  useEffect(() => {
    document.documentElement.lang = language;
    const title = lessonTitle ? (lessonTitle[language] ?? lessonTitle['en'] ?? '') : undefined;
    document.title = m.app.title(title ?? worldWords(scenario, m).title);
  }, [language, scenario, lessonTitle, m]);
  const shown = lessonLink ?? (scenario && scenario !== IMPORTED ? `?scenario=${scenario}` : undefined);
  const opened = useRef(shown);
  useEffect(() => {
    if (opened.current === shown || shown === undefined) return;
    opened.current = shown;
    showInAddress(shown);
  }, [shown]);
  useEffect(() => session.setMotionReduced(isMotionReduced), [session, isMotionReduced]);
}

/** Right click, the Menu key and a long press open the menu of the object under them, wherever it is drawn. */
function useObjectMenus(root: React.RefObject<HTMLDivElement | null>): void {
  const session = useSessionHandle();
  const { open } = useOverlays();
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const openAt = (target: EventTarget | null, x: number, y: number): boolean => {
      const key = keyAt(target);
      if (key === undefined || !session.store.getState().snapshot.get(partsOf(key).kind, key)) return false;
      if (!session.store.getState().selection.includes(key)) session.select([key]);
      open({ type: 'menu', key, x, y });
      return true;
    };
    const onMenu = (event: MouseEvent) => {
      // The Menu key gives no place: then it opens at the object.
      const box =
        event.clientX === 0 && event.clientY === 0 && event.target instanceof Element ? event.target.getBoundingClientRect() : undefined;
      if (openAt(event.target, box ? box.right : event.clientX, box ? box.top : event.clientY)) event.preventDefault();
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from = { x: 0, y: 0 };
    const stop = () => clearTimeout(timer);
    const onDown = (event: PointerEvent) => {
      stop();
      if (event.pointerType === 'mouse') return;
      from = { x: event.clientX, y: event.clientY };
      const { target } = event;
      timer = setTimeout(() => openAt(target, from.x, from.y), LONG_PRESS_MS);
    };
    const onMove = (event: PointerEvent) => {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > 8) stop();
    };
    element.addEventListener('contextmenu', onMenu);
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', stop);
    element.addEventListener('pointercancel', stop);
    return () => {
      stop();
      element.removeEventListener('contextmenu', onMenu);
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', stop);
      element.removeEventListener('pointercancel', stop);
    };
  }, [root, session, open]);
}

/** What was wrong in the address is said once; the page opened anyway. */
function useProblems(problems: readonly LinkProblem[]): void {
  const session = useSessionHandle();
  const m = useMessages();
  const isTold = useRef(false);
  useEffect(() => {
    if (isTold.current || problems.length === 0) return;
    isTold.current = true;
    session.notify(problems.map(({ name, value, instead }) => m.app.badParameter(name, value, instead)).join(' '), { isError: true });
  }, [problems, session, m]);
}
