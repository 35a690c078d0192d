// Where the inspector stands: a column on a wide page, a panel over the stage on a tablet, a sheet of three heights on a phone.
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useMessages, useSession, useSessionHandle } from './hooks.tsx';
import { Inspector } from './inspector/Inspector.tsx';

/** Folded, half, whole. */
const DETENTS = ['folded', 'half', 'whole'] as const;
type Detent = (typeof DETENTS)[number];

export function InspectorRegion() {
  const session = useSessionHandle();
  const m = useMessages();
  const selection = useSession((state) => state.selection);
  const tab = useSession((state) => state.tab);
  const [detent, setDetent] = useState<Detent>('folded');
  // What a scenario selects before anybody has looked does not cover the stage.
  const [isClosed, setClosed] = useState(true);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    if (selection.length === 0) return;
    void tab;
    setClosed(false);
    setDetent((last) => (last === 'folded' ? 'half' : last));
  }, [selection, tab]);
  const by = (step: number) => setDetent(DETENTS[Math.max(0, Math.min(2, DETENTS.indexOf(detent) + step))] ?? 'half');
  return (
    <aside
      className={`inspector-region inspector-${detent} ${isClosed ? 'inspector-closed' : ''} ${selection.length === 0 ? 'inspector-nothing' : ''}`}
      aria-label={m.inspector.label}
      id="inspector"
    >
      <button
        type="button"
        className="sheet-handle"
        aria-label={detent === 'whole' ? m.inspector.smaller : m.inspector.larger}
        onPointerDown={(event) => startSheetDrag(event, by)}
        onClick={(event) => event.detail === 0 && (detent === 'whole' ? setDetent('folded') : by(1))}
      >
        <span />
      </button>
      <div className="inspector-scroll">
        <Inspector session={session} />
      </div>
    </aside>
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
