// The pod around its containers: the band in its template's fill and pattern, the stamp and the name, the door plate with the one IP,
// the wire from outside, the localhost pipe with its plugs.

import { glanceAt } from '../../kube/kinds/podGlance.ts';
import { clock, fit, type SceneMessages, textWidth } from '../captions.ts';
import { podGlyph } from '../glyph.ts';
import type { Rect } from '../item.ts';
import { caption, group, type Mark, mark, REFERENCE } from '../mark.ts';
import { hasPattern } from '../patterns.ts';
import { isTrouble, type PodState, podState } from '../podState.ts';
import { round } from '../shapes.ts';
import { pipes } from './drawParts.ts';
import type { InsideModel } from './model.ts';
import type { InsideLayout, PlacedContainer, PlacedPlug } from './placed.ts';
import { PLUG_FACE } from './plugs.ts';
import type { InsideWords } from './words.ts';

export interface Given {
  readonly layout: InsideLayout;
  readonly words: InsideWords;
  readonly messages: SceneMessages;
  readonly atMs: number;
}

const WORDS = { size: 12.5 };

export function stateAt({ pod: { pod, node, record }, volumes }: InsideModel, atMs: number): PodState {
  const state = podState(pod, node, atMs, record);
  const isUnmounted = state.name === 'pulling' && volumes.some(({ complaint }) => complaint !== undefined);
  return isUnmounted ? { name: 'refused', reason: 'FailedMount' } : state;
}

// The node and the band

export function trayMarks({ width, height }: Rect, node: string): readonly Mark[] {
  return [
    mark('rect', { width, height, rx: 26, fill: 'var(--tray)', stroke: 'var(--edge)', 'stroke-width': 1.2 }),
    mark('rect', { x: 7, y: 7, width: width - 14, height, rx: 20, fill: 'none', stroke: 'var(--line)' }),
    caption(node, 28, 32, { size: 13, isMono: true, weight: 600 }),
  ];
}

/** The body of the glyph, as a frame around what is within: the same fills say the same states. */
export function bandMarks({ layout: { band, bandWidth, model, isPhone }, atMs }: Given): readonly Mark[] {
  const { width, height } = band;
  const { shape } = model.pod.look;
  const state = stateAt(model, atMs);
  const rx = isPhone ? 30 : 46;
  const outer = { width, height, rx };
  const fill = fillFor(state);
  const isUncertain = state.name === 'lost' || state.name === 'pending';
  const edge = state.name === 'lost' || state.name === 'failed' || state.name === 'evicted' ? 'var(--edge)' : 'var(--crust)';
  const dash: Mark['attrs'] = isUncertain ? { 'stroke-dasharray': '5 3.6' } : {};
  const marks = [
    mark('rect', { ...outer, y: 6, fill: 'var(--ink)', opacity: 0.07 }),
    mark('rect', { ...outer, fill: fill.ground, stroke: edge, 'stroke-width': 2, ...dash }),
  ];
  if (fill.pattern === 'hatch') marks.push(mark('rect', { ...outer, fill: `${REFERENCE}hatch` }));
  else if (fill.pattern && hasPattern(shape)) marks.push(mark('rect', { ...outer, fill: `${REFERENCE}${fill.pattern}-${shape}` }));
  const inner = { x: bandWidth, y: bandWidth, width: width - 2 * bandWidth, height: height - 2 * bandWidth, rx: rx - 12 };
  marks.push(mark('rect', { ...inner, fill: 'var(--panel)', stroke: edge, 'stroke-width': 1.4, ...dash }));
  if (state.name === 'terminating') marks.push(...graceMarks(width, height, rx, state.level ?? 0));
  return [group({ class: `look-${shape} on-panel` }, marks)];
}

function fillFor({ name }: PodState): { readonly ground: string; readonly pattern?: 'full' | 'tint' | 'hatch' } {
  switch (name) {
    case 'ready':
      return { ground: 'var(--fill)', pattern: 'full' };
    case 'lost':
      return { ground: 'var(--bg)', pattern: 'hatch' };
    case 'failed':
    case 'evicted':
      return { ground: 'var(--gone)' };
    case 'pending':
    case 'scheduled':
    case 'init':
    case 'refused':
      return { ground: 'var(--panel)' };
    default:
      return { ground: 'var(--tint)', pattern: 'tint' };
  }
}

/** The grace period runs down around the pod, clockwise from the top. */
function graceMarks(width: number, height: number, rx: number, share: number): Mark[] {
  const [w, h, r] = [width, height, rx];
  const path = `M${w / 2} 0H${w - r}A${r} ${r} 0 0 1 ${w} ${r}V${h - r}A${r} ${r} 0 0 1 ${w - r} ${h}H${r}A${r} ${r} 0 0 1 0 ${h - r}V${r}A${r} ${r} 0 0 1 ${r} 0H${w / 2}`;
  return [
    mark('path', {
      d: path,
      fill: 'none',
      stroke: 'var(--ink)',
      'stroke-width': 3,
      pathLength: 100,
      'stroke-dasharray': `${round(share * 100)} 100`,
    }),
  ];
}

/** Stamp, name, and how the pod is. */
export function headMarks({ layout: { head, model, isPhone }, words, messages, atMs }: Given): readonly Mark[] {
  const { pod } = model;
  const state = stateAt(model, atMs);
  const d = isPhone ? 36 : 44;
  const face = { size: isPhone ? 14 : 16, isMono: true, isBold: true };
  const left = d + 8;
  const { readyCount, containerCount } = glanceAt(pod.pod);
  const age = clock(atMs - (pod.record?.cutMs ?? 0));
  const resize = state.name === 'ready' ? model.resize : undefined;
  const word = resize ? words.resize(resize) : messages.state(state);
  const long =
    state.name === 'ready' && !resize ? words.status(readyCount, containerCount, age) : words.statusOf(word, readyCount, containerCount);
  const room = head.width - left;
  const told = textWidth(long, WORDS) <= room ? long : word;
  return [
    group({ transform: `translate(${d / 2 - 4} 0)` }, [podGlyph(pod.look, state, d, 'panel')]),
    caption(fitEnds(pod.name, head.nameWidth - left, face), left, -5, { ...face, weight: 600 }),
    caption(fit(told, room, WORDS), left, 14, { ...WORDS, fill: isTrouble(state) ? 'var(--alarm)' : 'var(--ink2)' }),
  ];
}

/** Both ends of a name: the owner it comes from and what tells it from its siblings. */
function fitEnds(name: string, room: number, face: { readonly size: number; readonly isMono: boolean }): string {
  const most = Math.floor(room / (face.size * 0.6));
  return name.length <= most ? name : `${name.slice(0, Math.max(1, most - 7))}…${name.slice(-6)}`;
}

// The network

export function doorMarks({ layout: { door, model }, words }: Given): readonly Mark[] {
  const { width, height } = door;
  const middle = width / 2;
  const below = model.ip === undefined ? words.noIpYet : model.isHostNetwork ? words.nodeNetwork : words.oneIp;
  return [
    mark('rect', { width, height, rx: 9, fill: 'var(--ink)' }),
    caption(model.ip ?? '–', middle, 19, { size: 15, isMono: true, weight: 600, anchor: 'middle', fill: 'var(--panel)' }),
    caption(fit(below, width - 12, { size: 12 }), middle, 36, {
      size: 12,
      anchor: 'middle',
      fill: 'color-mix(in srgb, var(--panel) 80%, var(--ink))',
    }),
  ];
}

/** Whoever asks from outside comes down this wire; while the pod is not ready, no Service leads here. */
export function wireMarks({ layout: { wire, size, model, isPhone, door }, words }: Given): readonly Mark[] {
  const { x, top, bottom } = wire;
  const [first, ...others] = model.doors;
  const isOpen = model.isReady && first !== undefined;
  const line = { stroke: isOpen ? 'var(--ink)' : 'var(--edge)', 'stroke-width': 2, fill: 'none' };
  const dash: Mark['attrs'] = isOpen ? {} : { 'stroke-dasharray': '4 4' };
  const long = !first
    ? words.noDoor
    : !model.isReady
      ? words.doorClosed(first.service)
      : words.requestsFrom(first.service, first.port, others.length);
  const side = sideOf(x, size.width, long, isPhone);
  const short = first && model.isReady ? words.requestsShort(first.service, first.port) : long;
  const text = textWidth(long, WORDS) <= side.room ? long : fit(short, side.room, WORDS);
  return [
    mark('path', { d: `M${x} ${top}V${door.y}`, ...line, ...dash }),
    mark('path', { d: `M${x} ${door.y + door.height}V${bottom}`, ...line, stroke: 'var(--ink)' }),
    mark('path', { d: `M${x - 5} ${bottom - 8}L${x} ${bottom}L${x + 5} ${bottom - 8}`, ...line, stroke: 'var(--ink)' }),
    caption(text, side.x, isPhone ? door.y - 8 : top + 10, { ...WORDS, fill: 'var(--ink2)', anchor: side.anchor }),
  ];
}

/** The words stand right of the wire where they fit, else left of it. */
function sideOf(x: number, width: number, text: string, isPhone: boolean) {
  const right = width - x - 22;
  if (!isPhone && (textWidth(text, WORDS) <= right || right > x - 200)) return { x: x + 14, anchor: 'start' as const, room: right };
  const room = x - (isPhone ? 24 : 190);
  return { x: x - 12, anchor: 'end' as const, room };
}

export function networkMarks({ layout: { network, networkLabel, isPhone }, words }: Given): readonly Mark[] {
  const { x, y, width } = networkLabel;
  const label = [words.localhost, words.localhostShort].find((text) => textWidth(text, WORDS) <= width);
  const pipe = group({ 'stroke-linecap': 'round' }, pipes([{ d: network, width: 9 }]));
  return label === undefined
    ? [pipe]
    : [pipe, caption(label, x, y + (isPhone ? 1 : 2), { ...WORDS, anchor: 'middle', fill: 'var(--ink2)' })];
}

/** A container's wires: from its plugs, or from the pipe itself where it listens nowhere. */
export function wiresMarks({ plugs, pipeY, rect }: PlacedContainer, words: InsideWords): readonly Mark[] {
  const line = { stroke: 'var(--ink)', 'stroke-width': 2, fill: 'none' };
  if (plugs.length === 0) {
    const x = round(rect.x + rect.width / 2);
    return [
      mark('path', { d: `M${x} ${pipeY + 4}V${rect.y}`, ...line, 'stroke-width': 1.4 }),
      mark('circle', { cx: x, cy: pipeY, r: 2.4, fill: 'var(--ink)' }),
    ];
  }
  const taken = plugs.find(({ plug }) => plug.isClashing)?.plug.port;
  const wires = plugs.map(({ plug, x, y, footX, footY }) => {
    if (!plug.isClashing) return mark('path', { d: `M${x} ${y + 4}V${footY}`, ...line });
    // Up to the socket that is taken; to one of another row past the left side of the containers.
    const aside = y === pipeY ? '' : `H${rect.x - 4}V${y + 20}`;
    const d = `M${footX} ${footY}V${footY - 8}${aside}H${x}V${y + 11}`;
    return mark('path', { d, ...line, stroke: 'var(--alarm)', 'stroke-dasharray': '4 3' });
  });
  if (taken === undefined) return wires;
  const right = round(rect.x + rect.width - 16);
  return [...wires, caption(words.portTaken(taken), right, rect.y - 11, { size: 12, anchor: 'end', fill: 'var(--alarm)' })];
}

export function plugMarks({ plug, width }: PlacedPlug): readonly Mark[] {
  const colour = plug.isClashing ? 'var(--alarm)' : plug.isIdle ? 'var(--edge)' : 'var(--ink)';
  return [
    mark('rect', {
      x: -width / 2,
      y: -11,
      width,
      height: 22,
      rx: 11,
      fill: plug.isClashing ? 'var(--alarm-t)' : 'var(--panel)',
      stroke: colour,
      'stroke-width': 1.8,
      ...(plug.isIdle && !plug.isClashing ? { 'stroke-dasharray': '4 3' } : {}),
    }),
    caption(`:${plug.port}`, 0, 4.5, {
      ...PLUG_FACE,
      weight: 600,
      anchor: 'middle',
      fill: plug.isIdle && !plug.isClashing ? 'var(--ink3)' : colour,
    }),
  ];
}
