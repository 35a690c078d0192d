// Where the inspector stands: a column on a wide page, a panel over the stage on a tablet, a sheet of three heights on a phone.
import { useState } from 'react';
import { useMessages, useSession, useSessionHandle } from './hooks.tsx';
import { Inspector } from './later.tsx';
import { DETENTS, type Detent, SheetHandle } from './Sheet.tsx';

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
      <SheetHandle label={detent === 'whole' ? m.inspector.smaller : m.inspector.larger} detent={detent} by={by} set={setDetent} />
      <div className="inspector-scroll">
        <Inspector session={session} />
      </div>
    </aside>
  );
}
