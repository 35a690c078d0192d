// How far the world is on its way to a moment that takes long to reach; the stage shows meanwhile what is there.
import { formatMoment } from '../session/selectors.ts';
import './building.css';
import { useMessages, useSession } from './hooks.tsx';

export function Building() {
  const m = useMessages().building;
  const building = useSession((state) => state.building);
  if (!building) return null;
  const isRun = 'toMs' in building;
  const [done, all] = isRun ? [building.atMs, building.toMs] : [building.done, building.all];
  return (
    <div className="building">
      <h2>{m.title}</h2>
      <p>
        {isRun ? m.progress(formatMoment(done), formatMoment(all), Math.max(1, Math.round(building.leftMs / 1000))) : m.objects(done, all)}
      </p>
      <progress value={done} max={all} aria-label={m.title} />
    </div>
  );
}
