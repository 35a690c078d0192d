// A sheet that comes up from the bottom of a narrow page, in three heights.
import type { PointerEvent } from 'react';

/** Folded, half, whole. */
export const DETENTS = ['folded', 'half', 'whole'] as const;
export type Detent = (typeof DETENTS)[number];

interface SheetHandleProps {
  readonly label: string;
  readonly detent: Detent;
  /** So many heights up or down. */
  readonly by: (step: number) => void;
  readonly set: (detent: Detent) => void;
}

export function SheetHandle({ label, detent, by, set }: SheetHandleProps) {
  return (
    <button
      type="button"
      className="sheet-handle"
      aria-label={label}
      onPointerDown={(event) => startSheetDrag(event, by)}
      onClick={(event) => event.detail === 0 && (detent === 'whole' ? set('folded') : by(1))}
    >
      <span />
    </button>
  );
}

/** Up or down by a good bit moves one detent; a tap goes up. */
function startSheetDrag(event: PointerEvent<HTMLElement>, by: (step: number) => void): void {
  const startY = event.clientY;
  const handle = event.currentTarget;
  handle.setPointerCapture(event.pointerId);
  const onUp = (up: globalThis.PointerEvent) => {
    handle.removeEventListener('pointerup', onUp);
    const moved = startY - up.clientY;
    if (moved > 160) by(2);
    else if (moved > -24) by(1);
    else by(moved < -160 ? -2 : -1);
  };
  handle.addEventListener('pointerup', onUp);
}
