// A tray drawn: rim, lip with the node's name and its state in words, bed, tape, hatch, and the bars of capacity.
import type { Node } from '../kube/kinds/node.ts';
import type { Key } from '../kube/meta.ts';
import { clock, fit, type SceneMessages, textWidth } from './captions.ts';
import { type PodGlyph, stillToDrain, type TrayGlyph } from './glyphs.ts';
import type { Rect } from './item.ts';
import { caption, group, type Mark, mark, REFERENCE } from './mark.ts';
import { hasPattern } from './patterns.ts';
import type { Look } from './podRecord.ts';
import { round } from './shapes.ts';
import { FRAMES, type TrayStyle } from './trayLayout.ts';

export function trayWords(tray: TrayGlyph, messages: SceneMessages, atMs: number): string {
  switch (tray.state) {
    case 'ready':
      return messages.ready;
    case 'cordoned':
      return messages.cordoned;
    case 'draining':
      return messages.draining(stillToDrain(tray.pods), tray.drains);
    case 'pressure':
      return tray.word ?? '';
    case 'notReady':
      return tray.sinceMs === undefined || Number.isNaN(tray.sinceMs)
        ? messages.notReady
        : messages.notReadyFor(clock(atMs - tray.sinceMs));
  }
}

/** Around the tray's own corner. `wipe` is the share of the hatch that is drawn while a node goes dark. */
export function trayMarks(tray: TrayGlyph, rect: Rect, style: TrayStyle, messages: SceneMessages, atMs: number, wipe = 1): Mark[] {
  const text = trayWords(tray, messages, atMs);
  const { width, height } = rect;
  const id = `${style} ${width} ${height} ${tray.state} ${tray.isCordoned} ${wipe} ${text}`;
  const last = drawn.get(tray.node);
  let known = last?.id === id && last.messages === messages ? last : undefined;
  if (!known || !isSameLoad(known.pods, tray.pods)) {
    const board = known?.board ?? boardMarks(tray, rect, style, text, messages, wipe);
    known = { id, messages, pods: tray.pods, board, bars: bars(tray, rect, style, messages) };
    drawn.set(tray.node, known);
  }
  return [group({ class: `on-${tray.state === 'notReady' ? 'lost' : 'tray'}` }, [...known.board, ...known.bars])];
}

interface Drawn {
  readonly id: string;
  readonly messages: SceneMessages;
  readonly pods: readonly PodGlyph[];
  readonly board: readonly Mark[];
  readonly bars: readonly Mark[];
}

// What was drawn last for each node: in a rollout its pods change many times before its board or its bars do.
const drawn = new WeakMap<Node, Drawn>();

/** Whether the bars would show the same; of pods that did not change nothing is asked. */
function isSameLoad(a: readonly PodGlyph[], b: readonly PodGlyph[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i] || isSameShare(one, b[i] as PodGlyph));
}

function isSameShare(a: PodGlyph, b: PodGlyph): boolean {
  return a.key === b.key && a.takes === b.takes && a.look === b.look && isBuilding(a) === isBuilding(b);
}

/** Rim, lip, tape, hatch and words. */
function boardMarks(tray: TrayGlyph, rect: Rect, style: TrayStyle, text: string, messages: SceneMessages, wipe: number): Mark[] {
  const { width, height } = rect;
  const isDark = tray.state === 'notReady';
  const rim = isDark
    ? mark('rect', { width, height, rx: 14, fill: 'var(--bg)', stroke: 'var(--alarm)', 'stroke-width': 1.6, 'stroke-dasharray': '6 4' })
    : mark('rect', { width, height, rx: 14, fill: 'var(--tray)', stroke: 'var(--edge)', 'stroke-width': 1.2 });
  return [
    mark('rect', { y: 3, width, height, rx: 14, fill: '#17191a', opacity: 0.05 }),
    rim,
    ...(isDark ? [hatch(rect, style, wipe)] : []),
    lip(rect, style, isDark ? 'var(--alarm-t)' : 'var(--tray-lip)'),
    mark('rect', {
      x: 5.5,
      y: 5.5,
      width: width - 11,
      height: height - 11,
      rx: 9.5,
      fill: 'none',
      stroke: isDark ? 'color-mix(in srgb, var(--alarm) 35%, var(--tray))' : 'var(--line)',
    }),
    ...(tray.isCordoned ? [tape(rect, style)] : []),
    ...words(tray, rect, style, text, messages),
  ];
}

function lip({ width, height }: Rect, style: TrayStyle, fill: string): Mark {
  const { lip: depth, left } = FRAMES[style];
  const d =
    style === 'row'
      ? `M${left} 6H15a9 9 0 0 0 -9 9V${round(height - 15)}a9 9 0 0 0 9 9H${left}Z`
      : `M6 ${depth}V15a9 9 0 0 1 9 -9H${round(width - 15)}a9 9 0 0 1 9 9V${depth}Z`;
  return mark('path', { d, fill, opacity: 0.75 });
}

function hatch({ width, height }: Rect, style: TrayStyle, wipe: number): Mark {
  const { lip: depth, left } = FRAMES[style];
  const [x, y] = [Math.max(6, left), Math.max(6, depth)];
  return mark('rect', {
    x,
    y,
    width: round((width - x - 6) * wipe),
    height: round(height - y - 6),
    rx: 9,
    fill: `${REFERENCE}hatch-alarm`,
    opacity: 0.55,
  });
}

function tape({ width, height }: Rect, style: TrayStyle): Mark {
  const { lip: depth, left } = FRAMES[style];
  if (style === 'row') return mark('rect', { x: left - 3, y: 6, width: 6, height: height - 12, fill: `${REFERENCE}tape` });
  return mark('rect', { x: 6, y: depth - 2, width: round(width - 12), height: style === 'full' ? 7 : 5, fill: `${REFERENCE}tape` });
}

/** A tray of tokens so narrow, in a document on a phone, has its state under its name where both are long. */
const NARROW = 130;

function words(tray: TrayGlyph, { width }: Rect, style: TrayStyle, text: string, messages: SceneMessages): Mark[] {
  const isTrouble = tray.state === 'notReady' || tray.state === 'pressure';
  const paint = {
    fill: isTrouble ? 'var(--alarm)' : tray.state === 'ready' ? 'var(--ink3)' : 'var(--ink)',
    weight: tray.state === 'ready' ? 400 : 600,
  };
  const nameFace = (size: number) => ({ size, isMono: true, isBold: true });
  const below = (room: number, x: number, y: number): Mark => {
    const isTooLong = textWidth(text, { size: 12, isBold: true }) > room;
    const short = tray.state === 'notReady' ? messages.notReady : tray.state === 'draining' ? messages.cordoned : text;
    return caption(fit(isTooLong ? short : text, room, { size: 12, isBold: true }), x, y, { size: 12, ...paint });
  };
  if (style === 'row')
    return [caption(fit(tray.name, 72, nameFace(13)), 16, 27, { size: 13, isMono: true, weight: 600 }), below(76, 16, 44)];
  const size = style === 'small' ? 11.5 : 13;
  const x = style === 'full' ? 18 : style === 'token' ? 18 : 12;
  const y = style === 'full' ? 25 : style === 'token' ? 22 : 19;
  const wordSize = style === 'small' ? 11 : 12;
  const inner = width - 2 * x;
  // That all is well is said where it leaves the name whole.
  const isCalmSaid = style !== 'small' && textWidth(tray.name, nameFace(size)) + 8 + textWidth(text, { size: wordSize }) <= inner;
  if (style === 'token' && width < NARROW && tray.state !== 'ready' && !isCalmSaid)
    return [
      caption(fit(tray.name, inner, nameFace(size)), x, y + 0.5, { size, isMono: true, weight: 600 }),
      below(width - 20, 12, FRAMES.token.lip + 19),
    ];
  const isWordShown = tray.state !== 'ready' || isCalmSaid;
  const wordWidth = isWordShown ? textWidth(text, { size: wordSize, isBold: tray.state !== 'ready' }) : 0;
  const shownName = fit(tray.name, isWordShown ? inner - 8 - Math.min(wordWidth, width * 0.5) : inner, nameFace(size));
  const room = inner - 8 - textWidth(shownName, nameFace(size));
  return [
    caption(shownName, x, y + 0.5, { size, isMono: true, weight: 600 }),
    ...(isWordShown
      ? [caption(fit(text, room, { size: wordSize, isBold: true }), width - x, y, { size: wordSize, anchor: 'end', ...paint })]
      : []),
  ];
}

// Capacity

interface Bar {
  readonly resource: 'cpu' | 'memory';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Behind the longer of both names, even when a classroom has enlarged it. */
const BAR_LEFT = 56;

function bars(tray: TrayGlyph, { width, height }: Rect, style: TrayStyle, messages: SceneMessages): readonly Mark[] {
  if (style === 'row') return bar(tray, { resource: 'cpu', x: 16, y: Math.min(58, height - 17), width: 62, height: 8 });
  if (style !== 'full') {
    const small = style === 'small';
    return bar(tray, {
      resource: 'cpu',
      x: small ? 12 : 14,
      y: round(height - (small ? 13 : 17)),
      width: round(width - (small ? 24 : 28)),
      height: small ? 4 : 6,
    });
  }
  return (['cpu', 'memory'] as const).flatMap((resource, i) => {
    const y = round(height - 46 + i * 18);
    const value = tray.isLost ? messages.unknown : amountText(tray, resource);
    const isFull = resource === 'memory' && tray.word === 'MemoryPressure';
    const box = { resource, x: BAR_LEFT, y, width: round(width - 102 - BAR_LEFT), height: 7 };
    return [
      caption(resource === 'cpu' ? messages.cpu : messages.memory, 18, y + 7, { size: 11, fill: 'var(--ink3)' }),
      ...bar(tray, box),
      ...(isFull
        ? [mark('path', { d: `M${round(BAR_LEFT + box.width * 0.9)} ${y - 4}v16`, stroke: 'var(--alarm)', 'stroke-width': 2 })]
        : []),
      caption(value, width - 18, y + 7, {
        size: 11,
        isMono: true,
        anchor: 'end',
        fill: isFull ? 'var(--alarm)' : 'var(--ink2)',
        weight: isFull ? 600 : 400,
      }),
    ];
  });
}

function bar(tray: TrayGlyph, { resource, x, y, width, height }: Bar): readonly Mark[] {
  const capacity = tray.capacity[resource];
  const perUnit = capacity > 0 ? width / capacity : 0;
  const marks = [mark('rect', { x, y, width, height, rx: 2, fill: 'var(--sunk)' })];
  let at = x;
  const add = (
    amount: number,
    draw: (box: { x: number; y: number; width: number; height: number; rx: number }) => readonly Mark[],
    key?: Key,
  ) => {
    const length = Math.min(amount * perUnit, x + width - at);
    if (length <= 0) return;
    const drawn = draw({ x: round(at), y, width: round(Math.max(1, length - 1)), height, rx: 1.2 });
    marks.push(...(key ? [group({ 'data-key': key }, drawn)] : drawn));
    at += length;
  };
  add(tray.system[resource], (box) => [
    tray.isLost ? unknown(box) : mark('rect', { ...box, fill: 'var(--edge)', stroke: 'var(--edge)', 'stroke-width': 0.6 }),
  ]);
  for (const { pod, amount, isOne } of portions(tray.pods, resource, perUnit)) {
    add(amount, (box) => (tray.isLost ? [unknown(box)] : segment(pod, box)), isOne ? pod.key : undefined);
  }
  return marks;
}

/** Below this width a segment of its own cannot be seen. */
const SEGMENT_MIN = 2.5;

interface Portion {
  readonly pod: PodGlyph;
  amount: number;
  isOne: boolean;
}

/** One portion a pod; pods too small to be seen are put together with those of the same look. */
function portions(pods: readonly PodGlyph[], resource: 'cpu' | 'memory', perUnit: number): Portion[] {
  const list: Portion[] = [];
  const small = new Map<Look, Portion>();
  for (const pod of pods) {
    const amount = pod.takes[resource];
    const isSmall = amount * perUnit < SEGMENT_MIN;
    const others = isSmall ? small.get(pod.look) : undefined;
    if (others) {
      others.amount += amount;
      others.isOne = false;
      continue;
    }
    const portion = { pod, amount, isOne: true };
    if (isSmall) small.set(pod.look, portion);
    list.push(portion);
  }
  return list;
}

function unknown(box: Mark['attrs']): Mark {
  return mark('rect', { ...box, fill: `${REFERENCE}hatch`, stroke: 'var(--edge)', 'stroke-width': 1 });
}

function isBuilding({ pod: { status } }: PodGlyph): boolean {
  return status.phase === 'Pending' && !status.containerStatuses?.length;
}

function segment(pod: PodGlyph, box: Mark['attrs']): readonly Mark[] {
  const { shape } = pod.look;
  const isHollow = isBuilding(pod);
  const base = isHollow
    ? mark('rect', { ...box, fill: 'none', stroke: 'var(--crust)', 'stroke-width': 1, 'stroke-dasharray': '2.2 1.8' })
    : mark('rect', { ...box, fill: 'var(--fill)', stroke: 'var(--crust)', 'stroke-width': 0.6 });
  const over = !isHollow && hasPattern(shape) ? [mark('rect', { ...box, fill: `${REFERENCE}full-${shape}` })] : [];
  return [group({ class: `look-${shape}` }, [base, ...over])];
}

const GIB = 2 ** 30;

/** `1.70 / 2`, `2.8 / 4 Gi`. */
function amountText({ capacity, system, pods }: TrayGlyph, resource: 'cpu' | 'memory'): string {
  let sum = system[resource];
  for (const { takes } of pods) sum += takes[resource];
  if (resource === 'cpu') return `${sum.toFixed(2)} / ${round(capacity.cpu)}`;
  return `${(sum / GIB).toFixed(1)} / ${Math.round((capacity.memory / GIB) * 10) / 10} Gi`;
}
