// Ports are plugs on the localhost pipe, above their container. There is one port space: a second container that wants the same port
// gets no socket of its own, its plug goes to the first one's socket, and does not fit.
import { textWidth } from '../captions.ts';
import type { Rect } from '../item.ts';
import { round } from '../shapes.ts';
import type { ContainerBox } from './model.ts';
import type { PlacedContainer, PlacedPlug } from './placed.ts';

export const PLUG_FACE = { size: 13, isMono: true, isBold: true };
const PLUG_MIN = 54;
const GAP = 6;

/** As many as there is room for; on a narrow card the rest has no plug, as containers may have dozens of ports. */
export function placePlugs({ plugs }: ContainerBox, rect: Rect, pipeY: number): readonly PlacedPlug[] {
  const most = Math.max(1, Math.floor((rect.width + GAP) / (PLUG_MIN + GAP)));
  const shown = plugs.slice(0, most);
  const widths = shown.map(({ port }) => Math.max(PLUG_MIN, round(textWidth(`:${port}`, PLUG_FACE) + 22)));
  const total = widths.reduce((sum, width) => sum + width + GAP, -GAP);
  let left = rect.x + rect.width / 2 - total / 2;
  return shown.map((plug, i) => {
    const width = widths[i] as number;
    const x = round(left + width / 2);
    left += width + GAP;
    return { plug, x, y: pipeY, width, footX: x, footY: rect.y };
  });
}

interface Row {
  readonly containers: readonly PlacedContainer[];
  readonly laneTop: number;
}

/** Moves clashing plugs onto the socket that is taken. */
export function withSockets(rows: readonly Row[]): readonly Row[] {
  const sockets = new Map<number, PlacedPlug>();
  for (const { containers } of rows)
    for (const { plugs } of containers) for (const placed of plugs) if (!placed.plug.isClashing) sockets.set(placed.plug.port, placed);
  return rows.map((row) => ({ ...row, containers: row.containers.map((container) => onTakenSocket(container, sockets)) }));
}

function onTakenSocket(container: PlacedContainer, sockets: ReadonlyMap<number, PlacedPlug>): PlacedContainer {
  if (!container.plugs.some(({ plug }) => plug.isClashing)) return container;
  const plugs = container.plugs.map((placed) => {
    const socket = placed.plug.isClashing ? sockets.get(placed.plug.port) : undefined;
    return socket ? { ...placed, x: round(socket.x + socket.width * 0.85), y: socket.y } : placed;
  });
  return { ...container, plugs };
}
