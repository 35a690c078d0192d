// Where the inspector stands: a column on a wide page, a panel over the stage on a tablet, a sheet of three heights on a phone.
import { type PointerEvent, useState } from 'react';
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
  const epoch = useSession((state) => state.epoch);
  const [detent, setDetent] = useState<Detent>('folded');
  const [isClosed, setClosed] = useState(true);
  // What a scenario selects before anybody has looked does not cover the stage; what a person selects does.
  const [seen, setSeen] = useState({ selection, tab, epoch });
  if (seen.selection !== selection || seen.tab !== tab) {
    const isByPerson = seen.epoch === epoch && selection.length > 0;
    setSeen({ selection, tab, epoch });
    setClosed(!isByPerson);
    if (isByPerson && detent === 'folded') setDetent('half');
  }
  const by = (step: number) => {
    setClosed(false);
    setDetent(DETENTS[Math.max(0, Math.min(2, DETENTS.indexOf(detent) + step))] ?? 'half');
  };
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
