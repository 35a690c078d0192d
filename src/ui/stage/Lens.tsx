// The lens, while Z is held: the nine nodes at the spot with their pods as dots, its sides joined to the spot. Let go, it stays; a click
// on it goes there.
import { cellMarks } from '../../scene/cells.ts';
import type { TrayGlyph } from '../../scene/glyphs.ts';
import type { Rect } from '../../scene/item.ts';
import { Marks } from '../Glyph.tsx';
import { useMessages, useSession } from '../hooks.tsx';
import './lens.css';

export interface LensView {
  readonly trays: readonly TrayGlyph[];
  /** Around the nine, and the stage, on the screen's own grid from the stage's corner. */
  readonly spot: Rect;
  readonly stage: { readonly width: number; readonly height: number };
}

const WIDTH = 372;
const HEIGHT = 362;
const BED = { width: 96, height: 66 };

interface LensProps {
  readonly view: LensView;
  readonly onGo: () => void;
}

export function Lens({ view: { trays, spot, stage }, onGo }: LensProps) {
  const messages = useMessages().scene;
  const atMs = useSession((state) => state.playheadMs);
  const width = Math.min(WIDTH, stage.width - 16);
  const isLeft = spot.x + spot.width + width + 60 > stage.width;
  const left = Math.max(8, Math.min(stage.width - width - 8, isLeft ? spot.x - width - 40 : spot.x + spot.width + 40));
  const top = Math.max(8, Math.min(stage.height - HEIGHT - 8, spot.y + spot.height / 2 - HEIGHT / 2));
  const [near, far] = isLeft ? [spot.x, left + width] : [spot.x + spot.width, left];
  const pods = trays.reduce((sum, tray) => sum + tray.pods.length, 0);
  const zones = new Set(trays.map(({ node }) => node.metadata.labels?.['topology.kubernetes.io/zone'] ?? ''));
  return (
    <>
      <svg className="lens-lines" aria-hidden="true">
        <rect x={spot.x} y={spot.y} width={spot.width} height={spot.height} rx={3} />
        <path d={`M${near} ${spot.y}L${far} ${top + 12}M${near} ${spot.y + spot.height}L${far} ${top + HEIGHT - 12}`} />
      </svg>
      <button type="button" className="lens" style={{ left, top, width, height: HEIGHT }} onClick={onGo} aria-label={messages.heat.lensGo}>
        <span className="lens-head">
          <b>{messages.heat.lensTitle(trays.length, pods)}</b>
          <span>{[...zones].filter(Boolean).join(', ')}</span>
        </span>
        <span className="lens-trays">
          {trays.map((tray) => (
            <span key={tray.key} data-state={tray.state}>
              <span className="mono">
                {tray.name} <i>{tray.pods.length}</i>
              </span>
              <svg className="podglyph" viewBox={`0 0 ${BED.width} ${BED.height}`} width="100%" aria-hidden="true">
                <Marks marks={cellMarks(tray, BED, 1, atMs)} />
              </svg>
            </span>
          ))}
        </span>
      </button>
    </>
  );
}
