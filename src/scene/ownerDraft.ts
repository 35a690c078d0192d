// What an owner's card is made of while the cards are laid out: marks, cutters, pips, and the few texts that all cards share.
import { Late } from '../base/late.ts';
import { fit, type SceneMessages, textWidth } from './captions.ts';
import type { doors, PlacedDoor } from './doors.ts';
import { HAND_OWNER, type OwnerGlyph, type PodGlyph } from './glyphs.ts';
import type { Item, Rect } from './item.ts';
import { type Mark, mark, runs, type TextOptions } from './mark.ts';
import type { Look } from './podRecord.ts';
import type { Scaler } from './scalers.ts';

/** The doors of owners that Services lead to. */
export const doorPlates = new Late<typeof doors>('services');

export interface PlacedCutter {
  readonly owner: OwnerGlyph;
  readonly look: Look;
  readonly x: number;
  readonly y: number;
  readonly d: number;
  /** The one whose shape bends when the template is edited; a ReplicaSet's copy never does. */
  readonly isMaster: boolean;
  /** Where it stood before its owner's first edit: it makes room for the ghost. */
  readonly homeX?: number;
  /** The cutter before this one, dashed, with an arrow from it to this. */
  readonly ghost?: { readonly look: Look; readonly x: number; readonly label: string };
}

export interface Pip {
  readonly pod: PodGlyph;
  readonly x: number;
  readonly y: number;
  readonly d: number;
  /** Where the rail ends and where the card ends: the thread is drawn over the card between them. */
  readonly railBottom: number;
  readonly cardBottom: number;
  /** Nothing is written between rail and card's edge, so the thread may be drawn there. */
  readonly hasRoomBelow: boolean;
  /** Where its thread begins; close under the pip where nothing is said. */
  readonly threadTop?: number;
}

export interface PlacedScaler {
  readonly scaler: Scaler;
  readonly rect: Rect;
}

export interface OwnerArea {
  readonly bottom: number;
  readonly items: readonly Item[];
  readonly cutters: readonly PlacedCutter[];
  readonly pips: readonly Pip[];
  readonly cards: readonly { readonly owner: OwnerGlyph; readonly rect: Rect }[];
  readonly doors: readonly PlacedDoor[];
  readonly scalers: readonly PlacedScaler[];
  /** Words under the card that the lane must keep clear of. */
  readonly noteBottom: number;
}

export interface OwnerInput {
  readonly owners: readonly OwnerGlyph[];
  readonly area: Rect;
  readonly isPhone: boolean;
  /** Little height: low compact cards. */
  readonly isLow: boolean;
  /** So little that even a single owner gets a compact card. */
  readonly isCramped: boolean;
  /** Room for words between the cards and the lane. */
  readonly hasNotes: boolean;
  readonly messages: SceneMessages;
}

export class Draft {
  readonly items: Item[] = [];
  readonly cutters: PlacedCutter[] = [];
  readonly pips: Pip[] = [];
  readonly cards: { owner: OwnerGlyph; rect: Rect }[] = [];
  readonly doors: PlacedDoor[] = [];
  readonly scalers: PlacedScaler[] = [];
  bottom = 0;
  noteBottom = 0;
  private readonly messages: SceneMessages;

  constructor(messages: SceneMessages) {
    this.messages = messages;
  }

  card(owner: OwnerGlyph, rect: Rect, marks: readonly Mark[]): void {
    const isHand = owner.kind === HAND_OWNER;
    const border = { width: rect.width, height: rect.height, rx: 14, fill: 'var(--panel)', stroke: 'var(--edge)', 'stroke-width': 1.2 };
    const back = mark('rect', isHand ? { ...border, 'stroke-dasharray': '4 4' } : border);
    const key = owner.object && owner.key;
    this.items.push({ id: `card:${owner.key}`, layer: 'cards', x: rect.x, y: rect.y, marks: [back, ...marks], key });
    this.cards.push({ owner, rect });
    if (owner.doors.length > 0) {
      const { items, placed } = doorPlates.get()(owner, rect, this.messages);
      this.items.push(...items);
      this.doors.push(...placed);
    }
    this.bottom = Math.max(this.bottom, rect.y + rect.height);
    this.noteBottom = Math.max(this.noteBottom, this.bottom);
  }

  cutter(owner: OwnerGlyph, x: number, y: number, d: number, more: Partial<PlacedCutter> = {}): void {
    this.cutters.push({ owner, look: owner.look, x, y, d, isMaster: true, ...more });
  }
}

export const DIM: TextOptions = { size: 12, fill: 'var(--ink3)' };
export const MID: TextOptions = { size: 13, fill: 'var(--ink2)' };

/** `Deployment`, and where it is when that is not the default namespace. */
export function kindText({ kind, namespace, object }: OwnerGlyph): string {
  return object && namespace && namespace !== 'default' ? `${kind}, ${namespace}` : kind;
}

export function title(owner: OwnerGlyph, x: number, y: number, size: number, width: number): Mark {
  const kindSize = size > 19 ? 13 : 12;
  const room = width - textWidth(kindText(owner), { size: kindSize }) - 6;
  return runs(x, y, [
    { text: fit(owner.name, room, { size, isBold: true }), size, weight: 600 },
    { text: kindText(owner), size: kindSize, fill: 'var(--ink3)', dx: 6 },
  ]);
}
