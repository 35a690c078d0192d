// How far the world is on its way to a moment that takes long to reach; the stage shows meanwhile what is there.
import { formatMoment } from '../session/selectors.ts';
import './building.css';
import { useMessages, useSession } from './hooks.tsx';

export function Building() {
  const m = useMessages().building;
  const building = useSession((state) => state.building);
  if (!building) return null;
  const { atMs, toMs, leftMs } = building;
  return (
    <div className="building">
      <h2>{m.title}</h2>
      <p>{m.progress(formatMoment(atMs), formatMoment(toMs), Math.max(1, Math.round(leftMs / 1000)))}</p>
      <progress value={atMs} max={toMs} aria-label={m.title} />
    </div>
  );
}
