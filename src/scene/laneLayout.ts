// The scheduler's lane: a double rim the width of the stage, its exit on the right. Each waiting pod stands in it with its name and
// the reason why; more than three are dots with a number, and their reasons added up.
import { fit, type SceneMessages, textWidth } from './captions.ts';
import type { Item, Rect } from './item.ts';
import { caption, type Mark, mark, runs } from './mark.ts';
import type { LaneGlyph, PodGlyph, WaitingGlyph } from './scene.ts';
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

export function laneHeight({ waiting }: LaneGlyph, isPhone: boolean, isLow: boolean): number {
  if (waiting.length === 0) return isPhone ? 40 : LINE;
  if (waiting.length > SPOKEN_MAX) return ONE;
  if (isLow) return waiting.some(({ refusal }) => refusal) ? ONE : LINE;
  if (isPhone) return waiting.some(({ refusal }) => refusal) ? ONE : LINE;
  return waiting.some(({ refusal }) => refusal) ? REASONS : ONE;
}

export function layoutLane(lane: LaneGlyph, rect: Rect, isPhone: boolean, isLow: boolean, messages: SceneMessages): LaneLayout {
  const { x, y, width, height } = rect;
  const r = Math.min(height / 2, 50);
  const marks: Mark[] = [
    mark('rect', { x, y, width, height, rx: r, fill: 'var(--canvas)', stroke: 'var(--edge)', 'stroke-width': 1.2 }),
    mark('rect', { x: x + 5, y: y + 5, width: width - 10, height: height - 10, rx: r - 5, fill: 'none', stroke: 'var(--line)' }),
  ];
  const pods: LaneLayout['pods'][number][] = [];
  const count = lane.waiting.length;
  const exit = { x: x + width - 34, y: y + height / 2 };
  const head = { marks, rect, isPhone, isLine: isPhone || isLow, messages, pods };
  const words = (text: string): Item => {
    const drawn: Mark[] = [];
    oneLine({ ...head, marks: drawn }, text);
    return { id: 'lane-words', layer: 'lane', x: 0, y: 0, marks: drawn };
  };
  const items: Item[] = [{ id: 'lane', layer: 'lane', x: 0, y: 0, marks }];
  if (count === 0) items.push(words(messages.nothingWaiting));
  else if (count > SPOKEN_MAX) crowd(head, lane.waiting);
  else if (height === REASONS) reasons(head, lane.waiting);
  else few(head, lane.waiting);
  if (count > 0 && !(count > SPOKEN_MAX)) marks.push(arrow(exit.x - (isPhone ? 6 : 12), exit.y, isPhone ? 14 : 34));
  return { rect, items, pods, exit, passing: (passing) => words(messages.waiting(passing)) };
}

interface Draft {
  readonly marks: Mark[];
  readonly rect: Rect;
  readonly isPhone: boolean;
  /** Too low for two lines and cookies. */
  readonly isLine: boolean;
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

/** Nothing refused them: the next one stands before the exit with its destination, the others behind it. */
function few(draft: Draft, waiting: readonly WaitingGlyph[]): void {
  const { rect, marks, messages, pods, isPhone, isLine } = draft;
  const middle = rect.y + rect.height / 2;
  const refusal = waiting.find((one) => one.refusal?.causes.length)?.refusal;
  const d = isLine ? 24 : 38;
  const firstX = rect.x + rect.width - (isPhone ? 56 : isLine ? 78 : 100);
  if (isLine && refusal) {
    const room = rect.width - 60 - waiting.length * (d + 10) - (isPhone ? 40 : 80);
    const causes = byCount(refusal.causes).map(({ count, cause }) => messages.lacks(count, cause));
    twoLines(draft, '', rect.height / 2);
    marks.push(
      caption(fit(`${messages.waiting(waiting.length)}: ${causes.join(', ')}`, room, { size: 12.5 }), rect.x + 28, middle + 14, {
        size: 12.5,
        fill: 'var(--alarm)',
      }),
    );
  } else if (isLine) oneLine(draft, messages.waiting(waiting.length));
  else twoLines(draft, messages.waiting(waiting.length));
  waiting.forEach(({ pod }, i) => {
    pods.push({ pod, x: firstX - i * (d + 10), y: middle, d });
  });
  const [next] = waiting;
  if (!next || isLine || waiting.length > 1) return;
  const x = firstX - 30;
  const room = rect.width - 330;
  marks.push(caption(fit(next.pod.name, room, { size: 12.5, isMono: true }), x, middle - 3, { size: 12.5, isMono: true, anchor: 'end' }));
  const { node, score } = next.decision ?? {};
  if (node) marks.push(caption(messages.nextNode(node, score), x, middle + 14, { size: 12.5, fill: 'var(--ink2)', anchor: 'end' }));
}

/** Up to three, each with its reason. */
function reasons(draft: Draft, waiting: readonly WaitingGlyph[]): void {
  const { rect, marks, messages, pods } = draft;
  twoLines(draft, messages.waiting(waiting.length), rect.height / 2 - 18);
  const left = rect.x + Math.min(166, rect.width * 0.2);
  const width = (rect.x + rect.width - 90 - left) / waiting.length;
  const middle = rect.y + rect.height / 2;
  waiting.forEach((one, i) => {
    const x = left + i * width;
    const textX = x + 86;
    const room = width - 96;
    marks.push(mark('path', { d: `M${round(x)} ${rect.y + 16}V${rect.y + rect.height - 16}`, stroke: 'var(--line)' }));
    pods.push({ pod: one.pod, x: x + 50, y: middle, d: Math.min(48, width / 3) });
    marks.push(caption(fit(one.pod.name, room, { size: 13, isMono: true }), textX, middle - 7, { size: 13, isMono: true }));
    const [first, second] = wordsFor(one, messages);
    marks.push(caption(fit(first, room, { size: 12.5 }), textX, middle + 12, { size: 12.5, fill: 'var(--ink2)' }));
    if (second)
      marks.push(
        caption(fit(second, room, { size: 12.5, isBold: true }), textX, middle + 30, { size: 12.5, weight: 500, fill: 'var(--alarm)' }),
      );
  });
}

function wordsFor({ refusal, decision }: WaitingGlyph, messages: SceneMessages): readonly [string, string?] {
  if (!refusal) return [decision?.node ? messages.binding(decision.node) : messages.deciding];
  if (refusal.causes.length === 0) return [refusal.message];
  return [
    messages.noNodeFits,
    byCount(refusal.causes)
      .map(({ count, cause }) => messages.lacks(count, cause))
      .join(', '),
  ];
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
