// The scheduler's lane: a double rim the width of the stage, its exit on the right. Each waiting pod stands in it with its name and
// the reason why; more than three are dots with a number, and their reasons added up.
import { fit, fitPodName, type SceneMessages, textWidth } from './captions.ts';
import type { LaneGlyph, PodGlyph, WaitingGlyph } from './glyphs.ts';
import type { Item, Rect } from './item.ts';
import { caption, type Mark, mark, runs } from './mark.ts';
import { round } from './shapes.ts';

export interface LaneLayout {
  readonly rect: Rect;
  readonly items: readonly Item[];
  readonly pods: readonly { readonly pod: PodGlyph; readonly x: number; readonly y: number; readonly d: number }[];
  readonly exit: { readonly x: number; readonly y: number };
  /** The lane's words while this many pods are seen to pass through it, though none waits any more. */
  passing(count: number): Item;
}

const LINE = 44;
const ONE = 60;
const REASONS = 106;
/** More than this many are summed up. */
const SPOKEN_MAX = 3;
/** Pods on their way through stand this far apart, the first at the exit; as many as the tail of the lane has room for. */
export const PASSING_D = 30;
export const PASSING_PITCH = 42;
export const PASSING_MAX = 10;

/**
 * The height follows the pods that were refused and stay. Those that only pass through, for some milliseconds, must not make the trays
 * below jump.
 */
export function laneHeight({ waiting }: LaneGlyph, isPhone: boolean, isLow: boolean): number {
  const held = heldIn(waiting).length;
  if (held === 0) return isPhone ? 40 : LINE;
  return held > SPOKEN_MAX || isPhone || isLow ? ONE : REASONS;
}

function heldIn(waiting: readonly WaitingGlyph[]): readonly WaitingGlyph[] {
  return waiting.filter(({ refusal }) => refusal);
}

export function layoutLane(lane: LaneGlyph, rect: Rect, isPhone: boolean, messages: SceneMessages): LaneLayout {
  const { x, y, width, height } = rect;
  const r = Math.min(height / 2, 50);
  const marks: Mark[] = [
    mark('rect', { x, y, width, height, rx: r, fill: 'var(--canvas)', stroke: 'var(--edge)', 'stroke-width': 1.2 }),
    mark('rect', { x: x + 5, y: y + 5, width: width - 10, height: height - 10, rx: r - 5, fill: 'none', stroke: 'var(--line)' }),
  ];
  const pods: LaneLayout['pods'][number][] = [];
  const exit = { x: x + width - (isPhone ? 48 : 76), y: y + height / 2 };
  const head = { marks, rect, exit, isPhone, messages, pods };
  const words = (text: string): Item => {
    const drawn: Mark[] = [];
    oneLine({ ...head, marks: drawn }, text);
    return { id: 'lane-words', layer: 'lane', x: 0, y: 0, marks: drawn };
  };
  const items: Item[] = [{ id: 'lane', layer: 'lane', x: 0, y: 0, marks }];
  const held = heldIn(lane.waiting);
  const passing = lane.waiting.filter(({ refusal }) => !refusal);
  if (held.length === 0) items.push(words(passing.length ? messages.waiting(passing.length) : messages.nothingWaiting));
  else if (height === REASONS) reasons(head, held, lane.waiting.length);
  else if (held.length > SPOKEN_MAX) crowd(head, held);
  else causesOnly(head, held);
  pass(head, passing, held.length > 0);
  if (passing.length > 0) marks.push(arrow(x + width - (isPhone ? 16 : 26), exit.y, isPhone ? 12 : 26));
  return { rect, items, pods, exit, passing: (count) => words(messages.waiting(count)) };
}

interface Draft {
  readonly marks: Mark[];
  readonly rect: Rect;
  readonly isPhone: boolean;
  readonly exit: { readonly x: number; readonly y: number };
  readonly messages: SceneMessages;
  readonly pods: { pod: PodGlyph; x: number; y: number; d: number }[];
}

function arrow(x: number, y: number, length: number): Mark {
  return mark('path', {
    d: `M${x - length} ${y}H${x}m-5.5 -4.5l5.5 4.5l-5.5 4.5`,
    fill: 'none',
    stroke: 'var(--ink)',
    'stroke-width': 1.5,
  });
}

function oneLine({ marks, rect, messages, isPhone }: Draft, text: string): void {
  marks.push(
    runs(rect.x + (isPhone ? 19 : 26), rect.y + rect.height / 2 + 4.5, [
      { text: isPhone ? messages.queueShort : messages.queue, size: 13, weight: 600 },
      { text, size: 13, fill: 'var(--ink3)', dx: 9 },
    ]),
  );
}

function twoLines({ marks, rect, messages }: Draft, text: string, y = rect.height / 2): void {
  marks.push(
    caption(messages.queue, rect.x + 28, rect.y + y - 3, { size: 13, weight: 600 }),
    caption(text, rect.x + 28, rect.y + y + 14, { size: 12.5, fill: 'var(--ink3)' }),
  );
}

/** Those that nothing refused: the next one at the exit with its destination, the others behind it; where they are many, dots. */
function pass(draft: Draft, passing: readonly WaitingGlyph[], isBeside: boolean): void {
  const { rect, exit, marks, messages, pods, isPhone } = draft;
  const room = exit.x - rect.x - (isPhone ? 150 : 240);
  const isTokens = passing.length <= Math.min(PASSING_MAX, Math.floor(room / PASSING_PITCH) + 1);
  const [d, pitch] = isBeside ? [24, 9] : isTokens ? [isPhone ? 24 : PASSING_D, PASSING_PITCH] : [12, 14];
  const shown = isBeside ? Math.min(passing.length, 3) : Math.min(passing.length, Math.floor(room / pitch) + 1);
  passing.slice(0, shown).forEach(({ pod }, i) => {
    pods.push({ pod, x: exit.x - i * pitch, y: exit.y, d });
  });
  if (shown < passing.length && !isBeside)
    marks.push(caption(`+${passing.length - shown}`, exit.x - shown * pitch, exit.y + 4.5, { size: 13, isMono: true, anchor: 'end' }));
  const [next] = passing;
  if (!next || isPhone || isBeside || passing.length > 1) return;
  const { node, score } = next.decision ?? {};
  marks.push(
    runs(
      exit.x - 26,
      exit.y + 4.5,
      [
        { text: fit(next.pod.name, room * 0.6, { size: 12.5, isMono: true }), size: 12.5, isMono: true },
        ...(node ? [{ text: messages.nextNode(node, score), size: 12.5, fill: 'var(--ink2)', dx: 10 }] : []),
      ],
      'end',
    ),
  );
}

/** Where there is little room: how many, and the causes of the first. */
function causesOnly(draft: Draft, held: readonly WaitingGlyph[]): void {
  const { rect, marks, messages, pods, isPhone } = draft;
  const middle = rect.y + rect.height / 2;
  const d = 24;
  const right = rect.x + rect.width - (isPhone ? 34 : 120);
  held.forEach(({ pod }, i) => {
    pods.push({ pod, x: right - i * (d + 10), y: middle, d });
  });
  const refusal = held.find((one) => one.refusal?.causes.length)?.refusal;
  const causes = byCount(refusal?.causes ?? []).map(({ count, cause }) => messages.lacks(count, cause));
  const room = right - rect.x - 40 - held.length * (d + 10);
  const text = `${messages.waiting(held.length)}: ${causes.join(', ') || messages.refused(held[0]?.refusal?.message ?? '')}`;
  marks.push(
    caption(isPhone ? messages.queueShort : messages.queue, rect.x + 28, middle - 3, { size: 13, weight: 600 }),
    caption(fit(text, room, { size: 12.5 }), rect.x + 28, middle + 14, { size: 12.5, fill: 'var(--alarm)' }),
  );
}

/** Up to three, each with its reason. */
function reasons(draft: Draft, waiting: readonly WaitingGlyph[], count: number): void {
  const { rect, marks, messages, pods } = draft;
  twoLines(draft, messages.waiting(count), rect.height / 2 - 18);
  const left = rect.x + Math.min(166, rect.width * 0.2);
  const width = (rect.x + rect.width - 110 - left) / waiting.length;
  const middle = rect.y + rect.height / 2;
  waiting.forEach((one, i) => {
    const x = left + i * width;
    const textX = x + 86;
    const room = width - 96;
    marks.push(mark('path', { d: `M${round(x)} ${rect.y + 16}V${rect.y + rect.height - 16}`, stroke: 'var(--line)' }));
    pods.push({ pod: one.pod, x: x + 50, y: middle, d: Math.min(48, width / 3) });
    marks.push(caption(fitPodName(one.pod.name, room, { size: 13, isMono: true }), textX, middle - 7, { size: 13, isMono: true }));
    whyIn(one, room, messages).forEach(({ text, isCause }, line) => {
      const style = isCause ? { weight: 500, fill: 'var(--alarm)' } : { fill: 'var(--ink2)' };
      marks.push(caption(text, textX, middle + 12 + line * 18, { size: 12.5, ...style }));
    });
  });
}

interface Line {
  readonly text: string;
  readonly isCause: boolean;
}

const LINES_MAX = 2;

/** Why a pod waits, in two lines: that no node fits and the causes, or where these find no room on one line, a cause on each. */
function whyIn({ refusal }: WaitingGlyph, room: number, messages: SceneMessages): readonly Line[] {
  if (!refusal?.causes.length) return wrapped(messages.refused(refusal?.message ?? ''), room);
  const causes = byCount(refusal.causes).map(({ count, cause }) => messages.lacks(count, cause));
  const together = causes.join(', ');
  const face = { size: 12.5, isBold: true };
  if (causes.length === 1 || textWidth(together, face) <= room)
    return [
      { text: fit(messages.noNodeFits, room, { size: 12.5 }), isCause: false },
      { text: fit(together, room, face), isCause: true },
    ];
  const lines = [...causes.slice(0, LINES_MAX - 1), causes.slice(LINES_MAX - 1).join(', ')];
  return lines.map((line) => ({ text: fit(line, room, face), isCause: true }));
}

function wrapped(text: string, room: number): readonly Line[] {
  const words = text.split(' ');
  let first = words.shift() ?? '';
  while (words[0] !== undefined && textWidth(`${first} ${words[0]}`, { size: 12.5 }) <= room) first += ` ${words.shift()}`;
  return [first, words.join(' ')].filter(Boolean).map((line) => ({ text: fit(line, room, { size: 12.5 }), isCause: false }));
}

/** Many: dots, how many more, and the reasons added up. */
function crowd(draft: Draft, waiting: readonly WaitingGlyph[]): void {
  const { rect, marks, messages, pods, isPhone } = draft;
  twoLines(draft, messages.waiting(waiting.length));
  const sum = addUp(waiting, messages);
  const sumWidth = isPhone ? 0 : Math.max(...sum.map((text) => textWidth(text, { size: 12.5, isBold: true })), 0);
  const left =
    rect.x +
    28 +
    Math.max(textWidth(messages.queue, { size: 13, isBold: true }), textWidth(messages.waiting(waiting.length), { size: 12.5 })) +
    16;
  const right = rect.x + rect.width - 30 - (sumWidth ? sumWidth + 24 : 0) - 48;
  const isToken = waiting.length <= Math.floor((right - left) / 34);
  const [d, pitch, rows] = isToken ? [26, 34, 1] : [11.5, 13.4, 2];
  const perRow = Math.max(1, Math.floor((right - left) / pitch));
  const shown = Math.min(waiting.length, perRow * rows);
  const middle = rect.y + rect.height / 2;
  const columns = isToken ? shown : Math.ceil(shown / rows);
  waiting.slice(0, shown).forEach(({ pod }, i) => {
    // The first stands nearest to the exit.
    const column = columns - 1 - (isToken ? i : Math.floor(i / rows));
    pods.push({ pod, x: left + pitch / 2 + column * pitch, y: middle + (isToken ? 0 : (i % rows) * 14 - 7), d });
  });
  if (shown < waiting.length)
    marks.push(caption(`+${waiting.length - shown}`, left + columns * pitch + 8, middle + 4.5, { size: 13, isMono: true }));
  sum.forEach((text, i) => {
    if (sumWidth)
      marks.push(
        caption(
          text,
          rect.x + rect.width - 30,
          middle - 3 + i * 17,
          i === 0 ? { size: 12.5, weight: 500, anchor: 'end', fill: 'var(--alarm)' } : { size: 12.5, anchor: 'end', fill: 'var(--ink2)' },
        ),
      );
  });
}

function byCount<T extends { readonly count: number }>(causes: readonly T[]): T[] {
  return [...causes].sort((a, b) => b.count - a.count);
}

function addUp(waiting: readonly WaitingGlyph[], messages: SceneMessages): string[] {
  const refused = waiting.flatMap(({ refusal }) => (refusal && refusal.causes.length ? [refusal] : []));
  const [first] = refused;
  if (!first) return [];
  const causes = new Map<string, number>();
  for (const { causes: list } of refused) for (const { count, cause } of list) causes.set(cause, Math.max(causes.get(cause) ?? 0, count));
  return [
    messages.nodesFit(first.fit, first.nodes),
    byCount([...causes].map(([cause, count]) => ({ cause, count })))
      .map(({ cause, count }) => messages.lacks(count, cause))
      .join(', '),
  ];
}
