// Requests on their way: each a small mark that comes down the wire, or along the pipe from a neighbour, to the plug that answers it; or
// a hollow one that leaves a container by the same pipe and wire, and is told the answer outside the door.
// Where it is follows from its moment and the playhead alone.

import type { Request, SentRequest } from '../../kube/inside.ts';
import { fit } from '../captions.ts';
import { easeMove } from '../easing.ts';
import { caption, type Mark, mark } from '../mark.ts';
import { round } from '../shapes.ts';
import { scaleFor } from './motion.ts';
import type { InsideLayout, PlacedPlug } from './placed.ts';

type Point = readonly [x: number, y: number];

export interface Travelling {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly marks: readonly Mark[];
}

/** On screen at 1x: the way in, and how long the answer stays at the plug. */
const WAY_MS = 420;
const ANSWER_MS = 520;

/** `speed` is how many virtual milliseconds one of the screen is. */
export function travelling(layout: InsideLayout, atMs: number, speed: number, isReduced: boolean): readonly Travelling[] {
  // At a hundred times nothing could be followed.
  if (speed > 20) return [];
  const scale = scaleFor(speed);
  const { requests, sent } = layout.model;
  return [
    ...requests.flatMap((request, i) => moved(request, `request:${request.atMs}:${i}`, () => wayOf(request, layout))),
    ...sent.flatMap((request, i) => moved(request, `sent:${request.atMs}:${i}`, () => wayOut(request, layout), request.to)),
  ];

  function moved(request: Sent, id: string, wayOfIt: () => readonly Point[], to?: string): readonly Travelling[] {
    const t = (atMs - request.atMs) / scale;
    if (t < 0 || t > WAY_MS + ANSWER_MS) return [];
    const hasArrived = t >= WAY_MS || isReduced;
    const way = wayOfIt();
    const [x, y] = hasArrived ? (way.at(-1) as Point) : along(way, easeMove(t / WAY_MS));
    return [
      {
        id,
        x: round(x),
        y: round(y),
        marks: [...requestMarks(request, hasArrived, to !== undefined), ...(to && hasArrived ? [nameMark(to, x, layout)] : [])],
      },
    ];
  }
}

type Sent = Pick<Request, 'atMs' | 'status'>;

export function isTravelling(layout: InsideLayout, atMs: number, speed: number): boolean {
  return travelling(layout, atMs, speed, false).length > 0;
}

/** A dot; where it has come to, a tick or a cross in a small disc. */
function requestMarks({ status }: Sent, hasArrived: boolean, isOut: boolean): readonly Mark[] {
  if (!hasArrived) {
    const [fill, stroke] = isOut ? ['var(--panel)', 'var(--ink)'] : ['var(--ink)', 'var(--panel)'];
    return [mark('circle', { r: 4.5, fill, stroke, 'stroke-width': isOut ? 2 : 1.5 })];
  }
  const isRefused = status === 0 || status >= 400;
  return [
    mark('circle', { cy: -20, r: 8, fill: isRefused ? 'var(--alarm)' : 'var(--ink)', stroke: 'var(--panel)', 'stroke-width': 2 }),
    mark('path', {
      d: isRefused ? 'M-3 -23L3 -17M3 -23L-3 -17' : 'M-3.4 -19.8L-1 -17.4L3.6 -22.8',
      fill: 'none',
      stroke: isRefused ? 'var(--on-alarm)' : 'var(--panel)',
      'stroke-width': 1.8,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  ];
}

function wayOf({ from, container, port }: Request, layout: InsideLayout): readonly Point[] {
  const { wire, containers, model } = layout;
  const target = containers.find(({ box }) => box.name === container) ?? containers[0];
  if (!target) return [[wire.x, wire.top]];
  const plug: PlacedPlug | undefined = target.plugs.find((each) => each.plug.port === port) ?? target.plugs[0];
  const end: Point = plug ? [plug.x, plug.y] : [target.rect.x + target.rect.width / 2, target.pipeY];
  const pipeY = target.pipeY;
  // A neighbour in the same pod asks over localhost.
  const isLocal = from === model.pod.key || (from !== '' && from === model.ip);
  const neighbour = isLocal ? containers.find(({ box }) => box.name !== container) : undefined;
  if (neighbour) {
    const x = neighbour.rect.x + neighbour.rect.width / 2;
    return [[x, neighbour.rect.y], [x, neighbour.pipeY], ...between(neighbour.pipeY, pipeY, layout), end];
  }
  const firstY = containers[0]?.pipeY ?? pipeY;
  // The kubelet of the machine asks at the door; all others come from farther away.
  const isProbe = from === model.pod.pod.spec.nodeName;
  return [[wire.x, isProbe ? layout.door.y + layout.door.height : wire.top], [wire.x, firstY], ...between(firstY, pipeY, layout), end];
}

/** Whom a request went to, beside the wire where no other words stand. */
function nameMark(to: string, x: number, { size, isPhone }: InsideLayout): Mark {
  const face = { size: 12, isMono: true };
  const room = isPhone ? size.width - x - 22 : Math.min(x - 190, 220);
  return caption(fit(to, room, face), isPhone ? 14 : -14, -16, { ...face, anchor: isPhone ? 'start' : 'end' });
}

/** From the container up to the pipe, along it to the wire, and out through the door. */
function wayOut({ container }: SentRequest, { wire, containers, door }: InsideLayout): readonly Point[] {
  const sender = containers.find(({ box }) => box.name === container) ?? containers[0];
  if (!sender) return [[wire.x, wire.top]];
  const { rect, pipeY } = sender;
  const x = rect.x + rect.width / 2;
  const firstY = containers[0]?.pipeY ?? pipeY;
  return [[x, rect.y], [x, pipeY], ...between(pipeY, firstY, { containers }), [wire.x, firstY], [wire.x, door.y - 10]];
}

/** Down the left where the plug is on another row. */
function between(fromY: number, toY: number, { containers }: Pick<InsideLayout, 'containers'>): readonly Point[] {
  if (fromY === toY) return [];
  const left = Math.min(...containers.map(({ rect }) => rect.x)) - 12;
  return [
    [left, fromY],
    [left, toY],
  ];
}

function along(way: readonly Point[], share: number): Point {
  const lengths = way.slice(1).map(([x, y], i) => Math.hypot(x - (way[i] as Point)[0], y - (way[i] as Point)[1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    const [fromX, fromY] = way[i] as Point;
    const [toX, toY] = way[i + 1] as Point;
    if (left <= length && length > 0) return [fromX + ((toX - fromX) * left) / length, fromY + ((toY - fromY) * left) / length];
    left -= length;
  }
  return way.at(-1) as Point;
}
