// The keys of a lesson: 1 to 4 pick an answer, Enter does what the black button does, Esc leaves when nothing else is open.
import { useEffect } from 'react';
import { useOverlays, useSessionHandle } from '../hooks.tsx';
import { isTyping } from '../pasteAnywhere.ts';
import { lessonRunOf } from './openLesson.ts';

export function useLessonKeys(panel: React.RefObject<HTMLElement | null>): void {
  const session = useSessionHandle();
  const { overlay } = useOverlays();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (overlay || document.querySelector('dialog[open]')) return;
      const isAnswer = target instanceof HTMLInputElement && target.type === 'radio';
      if (isTyping(target) && !isAnswer) return;
      const isHere = target === document.body || (target instanceof Node && panel.current?.contains(target) === true);
      const answers = panel.current?.querySelectorAll<HTMLInputElement>('input[type="radio"]');
      const answer = /^[1-4]$/.test(key) ? answers?.[Number(key) - 1] : undefined;
      if (answer) {
        answer.focus();
        answer.click();
      } else if (key === 'Enter' && isHere && !isPressable(target)) {
        panel.current?.querySelector<HTMLElement>('[data-primary]')?.click();
      } else if (key === 'Escape' && isHere) {
        if (session.store.getState().selection.length > 0) session.select([]);
        else lessonRunOf(session).leave();
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [session, overlay, panel]);
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a[href], summary') !== null;
}
