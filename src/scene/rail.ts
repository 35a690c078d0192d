// The rail of pips, one for each pod, from which the threads leave; and the stepper that scales.
import { Late } from '../base/late.ts';
import type { Key } from '../kube/meta.ts';
import { textWidth } from './captions.ts';
import type { OwnerGlyph, Place, PodGlyph } from './glyphs.ts';
import type { Item, Rect } from './item.ts';
import { caption, type Mark, mark } from './mark.ts';
import type { Draft } from './ownerDraft.ts';
import type { Look } from './podRecord.ts';
import { round } from './shapes.ts';
import type * as sockets from './sockets.ts';

/** The places of owners whose pods have any. */
export const socketRows = new Late<typeof sockets>('sets');

export interface RailBox extends Rect {
  readonly pitch: number;
  readonly isNoted?: boolean;
  /** How high it may grow for rows of dots. */
  readonly maxHeight?: number;
}

/** Pips in the places of the owner, where it has places; from 13 on dots, from 61 on a bar of shares with numbers. */
export function addRail(
  draft: Draft,
  owner: OwnerGlyph,
  pods: readonly PodGlyph[],
  box: RailBox,
  card: Rect,
  isPlain: boolean,
): { readonly right: number } {
  const places: readonly Pick<Place, 'pod'>[] = owner.places.length > 0 ? owner.places : pods.map((pod) => ({ pod }));
  if (places.length === 0) return { right: box.x };
  if (owner.places.length > 0 && socketRows.get().hasRoomForSockets(owner, box))
    return socketRows.get().addSockets(draft, owner, box, card, !box.isNoted);
  const rail = planRail(places.length, box);
  if (!rail) return addShares(draft, owner, pods, box);
  const { d, pitch, rows, columns } = rail;
  const inset = d < TOKEN_MIN ? d / 2 + 4 : isPlain ? 18 : 20;
  const width = round((columns - 1) * pitch + 2 * inset);
  const height = Math.max(box.height, rows * DOT_PITCH + 8);
  const y = box.y - (height - box.height) / 2;
  const marks = [mark('rect', { width, height, rx: Math.min(height / 2, 19), fill: 'var(--sunk)' })];
  draft.items.push({ id: `rail:${owner.key}`, layer: 'cards', x: box.x, y, marks });
  places.forEach(({ pod }, i) => {
    const x = inset + (i % columns) * pitch;
    const middle = height / 2 + (Math.floor(i / columns) - (rows - 1) / 2) * DOT_PITCH;
    if (!pod) return void marks.push(socketRows.get().emptyPip(owner, x, middle, d));
    draft.pips.push({
      pod,
      x: box.x + x,
      y: y + middle,
      d,
      railBottom: y + height,
      cardBottom: card.y + card.height,
      hasRoomBelow: !box.isNoted,
    });
  });
  return { right: box.x + width };
}

const DOT_INSET = 10;
/** A smaller pip has no letter. */
const TOKEN_MIN = 22;
const DOT_PITCH = 15;
const DOT_PITCH_MIN = 13;

/** Tokens up to 12 pods, or as large as there is room; dots up to 60, where they fit; else undefined. */
function planRail(
  count: number,
  box: RailBox,
): { readonly d: number; readonly pitch: number; readonly rows: number; readonly columns: number } | undefined {
  const d = box.height >= 32 ? 24 : 22;
  const pitch = Math.min(box.pitch, (box.width - d - 12) / Math.max(1, count - 1));
  if (count <= 12 && pitch >= d + 1) return { d, pitch, rows: 1, columns: count };
  const large = Math.min(20, Math.floor((box.width - 8 - 1.5 * (count - 1)) / count));
  if (count <= 12 && large >= 14)
    return { d: large, pitch: Math.min(box.pitch, round((box.width - 8 - large) / (count - 1))), rows: 1, columns: count };
  // Dots in one row may stand closer than in several.
  const close = (box.width - 2 * DOT_INSET) / Math.max(1, count - 1);
  if (count > 1 && close >= DOT_PITCH_MIN && close < DOT_PITCH) return { d: 12, pitch: round(close), rows: 1, columns: count };
  const perRow = Math.max(1, Math.floor((box.width - 2 * DOT_INSET) / DOT_PITCH) + 1);
  const rows = Math.ceil(count / perRow);
  if (count > 60 || rows * DOT_PITCH + 8 > Math.max(box.height, box.maxHeight ?? 0)) return undefined;
  return { d: 12, pitch: DOT_PITCH, rows, columns: Math.ceil(count / rows) };
}

function addShares(draft: Draft, owner: OwnerGlyph, pods: readonly PodGlyph[], box: RailBox): { readonly right: number } {
  const counts = new Map<Look, number>();
  for (const { look } of pods) counts.set(look, (counts.get(look) ?? 0) + 1);
  const height = Math.min(box.height, 20);
  const y = (box.height - height) / 2;
  let at = 0;
  const marks: Mark[] = [mark('rect', { y, width: box.width, height, rx: 3, fill: 'var(--sunk)' })];
  for (const [look, count] of counts) {
    const width = (box.width * count) / Math.max(pods.length, owner.wants);
    const piece = { x: round(at), y, width: round(width - 1), height, rx: 2 };
    const text = `${look.letter} ${count}`;
    const isRoomy = width > textWidth(text, { size: 12, isBold: true }) + 8;
    const children = [
      mark('rect', { ...piece, fill: 'var(--fill)', stroke: 'var(--crust)', 'stroke-width': 0.8 }),
      ...(look.shape === 'A' || look.shape === 'hand' ? [] : [mark('rect', { ...piece, fill: `@full-${look.shape}` })]),
    ];
    if (isRoomy) {
      const plate = textWidth(text, { size: 12, isBold: true }) + 8;
      children.push(
        mark('rect', { x: round(at + width / 2 - plate / 2), y, width: round(plate), height, fill: 'var(--fill)' }),
        caption(text, at + width / 2, y + height / 2 + 4.3, { size: 12, weight: 600, anchor: 'middle', fill: 'var(--on)' }),
      );
    }
    marks.push(mark('g', { class: `look-${look.shape}` }, children));
    at += width;
  }
  draft.items.push({ id: `rail:${owner.key}`, layer: 'cards', x: box.x, y: box.y, marks, key: owner.key });
  return { right: box.x + box.width };
}

export function isScalable({ kind, object }: OwnerGlyph): boolean {
  return (
    object !== undefined && (kind === 'Deployment' || kind === 'ReplicaSet' || kind === 'ReplicationController' || kind === 'StatefulSet')
  );
}

export function addStepper(draft: Draft, owner: OwnerGlyph, x: number, y: number, height = 28): void {
  if (!isScalable(owner)) return;
  const box = { key: owner.key, x, y, height, room: height > 28 ? 36 : 40, acts: ['fewer', 'more'] as const };
  draft.items.push(...stepper({ ...box, text: String(owner.wants), size: 15, isLeast: owner.wants === 0 }));
}

export interface StepperBox {
  readonly key: Key;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** For the text in the middle. */
  readonly room: number;
  readonly text: string;
  readonly size: number;
  readonly isLeast: boolean;
  /** What the two sides do. */
  readonly acts: readonly [less: string, more: string];
}

export function stepperWidth({ height, room }: Pick<StepperBox, 'height' | 'room'>): number {
  return 2 * (height > 28 ? 34 : 28) + room;
}

/** Minus, what there is, plus. */
export function stepper(box: StepperBox): Item[] {
  const { key, x, y, height, room, text, size, isLeast, acts } = box;
  const third = height > 28 ? 34 : 28;
  const width = stepperWidth(box);
  const middle = height / 2;
  const side = (act: string, at: number, icon: string, isOff: boolean): Item => ({
    id: `${act}:${key}`,
    layer: 'cards',
    x: x + at,
    y,
    key,
    act,
    marks: [
      mark('rect', { width: third, height, fill: 'transparent' }),
      mark('path', {
        d: icon,
        transform: `translate(${third / 2 - 7} ${middle - 7}) scale(0.875)`,
        fill: 'none',
        stroke: isOff ? 'var(--ink3)' : 'var(--ink)',
        'stroke-width': 1.5,
        'stroke-linecap': 'round',
      }),
    ],
  });
  return [
    {
      id: `stepper:${key}`,
      layer: 'cards',
      x,
      y,
      marks: [
        mark('rect', { width, height, rx: 6, fill: 'var(--panel)', stroke: 'var(--edge)' }),
        mark('path', { d: `M${third} 0V${height}M${width - third} 0V${height}`, stroke: 'var(--line)' }),
        caption(text, width / 2, middle + size / 3, { size, weight: 600, anchor: 'middle' }),
      ],
    },
    side(acts[0], 0, 'M3 8H13', isLeast),
    side(acts[1], third + room, 'M8 3V13M3 8H13', false),
  ];
}
