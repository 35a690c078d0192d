// When the lens is shown and what lies under it: Z held down over the stage carries it, letting go leaves it, Esc or Z again ends it.
import { type RefObject, useEffect, useState } from 'react';
import { areLettersOn } from '../keys.ts';
import { isTyping } from '../pasteAnywhere.ts';
import type { LensView } from './Lens.tsx';
import type { StageView } from './stageView.ts';

export interface LensState {
  readonly view: LensView | undefined;
  readonly close: () => void;
}

export function useLens(view: RefObject<StageView | undefined>, root: RefObject<HTMLElement | null>): LensState {
  const [shown, setShown] = useState<LensView>();
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    let isHeld = false;
    let isOpen = false;
    let pointer: readonly [number, number] | undefined;
    const show = (next: LensView | undefined) => {
      isOpen = next !== undefined;
      setShown(next);
    };
    const onMove = (event: PointerEvent) => {
      const isOver = event.target instanceof Element && root.current?.contains(event.target);
      pointer = isOver ? [event.clientX, event.clientY] : undefined;
      if (isHeld && pointer) show(view.current?.lensAt(pointer));
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && isOpen) {
        show(undefined);
        event.stopPropagation();
      }
      if (event.key.toLowerCase() !== 'z' || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      const isOnStage = event.target === document.body || (event.target instanceof Node && root.current?.contains(event.target));
      if (!isOnStage || isTyping(event.target) || !areLettersOn()) return;
      if (isOpen) return show(undefined);
      isHeld = true;
      show(view.current?.lensAt(pointer));
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'z') isHeld = false;
    };
    addEventListener('pointermove', onMove, { signal });
    addEventListener('keydown', onKeyDown, { signal, capture: true });
    addEventListener('keyup', onKeyUp, { signal });
    return () => abort.abort();
  }, [view, root]);
  return { view: shown, close: () => setShown(undefined) };
}
