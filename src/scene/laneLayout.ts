// The scheduler's lane: a double rim the width of the stage, its exit on the right. Pods that only pass are here; those that wait for a
// reason are drawn by laneHeld.ts, which a document needs only when there are any.
import { fit, type SceneMessages } from './captions.ts';
import type { LaneGlyph, PodGlyph, WaitingGlyph } from './glyphs.ts';
import type { Item, Rect } from './item.ts';
import { caption, type Mark, mark, runs } from './mark.ts';

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
/** Where each of those that wait is told with its reason. */
export const REASONS = 106;
/** More than this many are summed up. */
export const SPOKEN_MAX = 3;
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

/** Draws those that wait for a reason. */
export type DrawHeld = (draft: LaneDraft, held: readonly WaitingGlyph[], count: number) => void;

/** Without `drawHeld` those that wait for a reason are not drawn. */
export function layoutLane(lane: LaneGlyph, rect: Rect, isPhone: boolean, messages: SceneMessages, drawHeld?: DrawHeld): LaneLayout {
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
  else drawHeld?.(head, held, lane.waiting.length);
  pass(head, passing, held.length > 0);
  if (passing.length > 0) marks.push(arrow(x + width - (isPhone ? 16 : 26), exit.y, isPhone ? 12 : 26));
  return { rect, items, pods, exit, passing: (count) => words(messages.waiting(count)) };
}

export interface LaneDraft {
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

function oneLine({ marks, rect, messages, isPhone }: LaneDraft, text: string): void {
  marks.push(
    runs(rect.x + (isPhone ? 19 : 26), rect.y + rect.height / 2 + 4.5, [
      { text: isPhone ? messages.queueShort : messages.queue, size: 13, weight: 600 },
      { text, size: 13, fill: 'var(--ink3)', dx: 9 },
    ]),
  );
}

/** Those that nothing refused: the next one at the exit with its destination, the others behind it; where they are many, dots. */
function pass(draft: LaneDraft, passing: readonly WaitingGlyph[], isBeside: boolean): void {
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
