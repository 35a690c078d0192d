// Requests between pods on the stage: a dot goes from the pod that asks to the one that answers, and from above where a person asks.
import type { PodInside, Request } from '../kube/inside.ts';
import { type Change, type Key, keyFor } from '../kube/meta.ts';
import { easeMove } from './easing.ts';
import type { Item } from './item.ts';
import { type Mark, mark } from './mark.ts';
import { round } from './shapes.ts';

/** From where a person's request comes, above the pod. */
const ABOVE = 110;
const DOT_R = 4.5;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A request that has come to a pod from elsewhere. */
export interface Asked {
  readonly to: Key;
  readonly request: Request;
}

/** What a record of the inside of a pod tells that the one before did not; probes of the kubelet and neighbours go unmentioned. */
export function askedBetween({ before, after }: Change): readonly Asked[] {
  const [was, is] = [before as PodInside | undefined, after as PodInside | undefined];
  if (!is || is.requests === was?.requests) return [];
  const to = keyFor('Pod', is.metadata.namespace, is.metadata.name);
  const known = new Set(was?.requests);
  return is.requests
    .filter((request) => !known.has(request) && request.from !== to && (request.from === '' || request.from.startsWith('Pod/')))
    .map((request) => ({ to, request }));
}

/** On its way at the share `t`; where nothing may travel, a still line from end to end. */
export function requestItem({ to, request }: Asked, target: Spot, source: Spot | undefined, t: number, isStill: boolean): Item {
  const from = source ?? { x: target.x, y: target.y - ABOVE };
  const e = easeMove(t);
  const x = round(from.x + (target.x - from.x) * e);
  const y = round(from.y + (target.y - from.y) * e);
  const line: Mark = mark('path', {
    d: `M${round(from.x)} ${round(from.y)}L${isStill ? round(target.x) : x} ${isStill ? round(target.y) : y}`,
    fill: 'none',
    stroke: 'var(--ink)',
    'stroke-width': 1.3,
    'stroke-dasharray': '2 4',
  });
  const dot = mark('circle', { cx: x, cy: y, r: DOT_R, fill: 'var(--ink)', stroke: 'var(--panel)', 'stroke-width': 1.5 });
  return {
    id: `request:${to}:${request.from}:${request.atMs}`,
    layer: 'inner',
    x: 0,
    y: 0,
    opacity: round(isStill ? 1 - t : 1),
    marks: isStill ? [line] : [line, dot],
  };
}
