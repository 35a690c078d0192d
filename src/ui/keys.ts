// The keyboard of the whole page. Letters act on the selection, only while the stage has focus, and can be switched off; the rest
// acts everywhere except where one types.
import { useEffect } from 'react';
import type { Messages } from '../i18n/language.ts';
import type { Key } from '../kube/meta.ts';
import { readPreference, writePreference } from '../session/preferences.ts';
import { type Session, SPEEDS } from '../session/session.ts';
import { useMessages, useOverlays, useSessionHandle } from './hooks.tsx';
import { loadActions } from './later.tsx';
import { isTyping } from './pasteAnywhere.ts';
import { useIsDark } from './Toolbar.tsx';

export function areLettersOn(): boolean {
  return readPreference('letters') !== 'off';
}

export function setLettersOn(isOn: boolean): void {
  writePreference('letters', isOn ? 'on' : 'off');
}

export function useKeys(): void {
  const session = useSessionHandle();
  const m = useMessages();
  const overlays = useOverlays();
  const isDark = useIsDark();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const isCommand = event.metaKey || event.ctrlKey;
      if (isCommand && event.key.toLowerCase() === 'k') return done(event, () => overlays.open({ type: 'palette' }));
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      if (isCommand) {
        if (event.key.toLowerCase() === 'z' && !event.shiftKey) done(event, () => undo(session, m));
        return;
      }
      if (event.key === 'Escape' && store.getState().inside) return done(event, session.leave);
      const act = everywhere[event.key];
      if (act && !(event.key === ' ' && isPressable(event.target))) return done(event, act);
      const letter = onStage(event.target) && areLettersOn() ? letterAction(event.key, event.target) : undefined;
      if (letter) done(event, letter);
    };
    const { store } = session;
    const speedBy = (by: number) => () => {
      const at = SPEEDS.indexOf(store.getState().speed) + by;
      session.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at))] ?? 1);
    };
    const everywhere: Readonly<Record<string, () => void>> = {
      ' ': () => (store.getState().isPlaying ? session.pause() : session.play()),
      ',': () => session.stepBack(),
      '.': () => session.stepOn(),
      '[': speedBy(-1),
      ']': speedBy(1),
      '`': () => session.openTerminal(!store.getState().isTerminalOpen),
      '?': () => overlays.open({ type: 'shortcuts' }),
    };
    const letterAction = (key: string, target: EventTarget | null): (() => void) | undefined => {
      if (key.toLowerCase() === 't') return () => session.setTheme(isDark ? 'light' : 'dark');
      if (key.toLowerCase() === 'p') return () => session.present(!store.getState().isPresenting);
      // The object that has the focus; else the one that is selected.
      const selected = keyAt(target) ?? store.getState().selection[0];
      const letter = key === 'Delete' || key === 'Backspace' ? 'Del' : key.length === 1 ? key.toUpperCase() : undefined;
      if (selected === undefined || letter === undefined) return undefined;
      return () =>
        void loadActions().then(({ actionsFor }) =>
          actionsFor(selected, session, overlays, m)
            .find((action) => action.letter === letter)
            ?.run(),
        );
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [session, m, overlays, isDark]);
}

/** The object that an element of the page stands for. */
export function keyAt(target: EventTarget | null): Key | undefined {
  const element = target instanceof Element ? target.closest('[data-key], [data-object]') : null;
  return element?.getAttribute('data-key') ?? element?.getAttribute('data-object') ?? undefined;
}

/** Takes the last action back and says so. */
export function undo(session: Session, m: Messages): void {
  if (!session.canUndo) return session.notify(m.notice.nothingToUndo);
  session.undo();
  session.notify(m.notice.undone);
}

function done(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  act();
}

/** A button or a tab takes Space for itself. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a[href], summary, [role="menu"], [role="tab"], [role="option"]') !== null;
}

function onStage(target: EventTarget | null): boolean {
  return target instanceof Element && (target === document.body || target.closest('.stage-region') !== null);
}
