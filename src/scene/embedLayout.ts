// The stage in a document: one owner beside the nodes, or above them where it is narrow, and the moral under them. Several owners are
// drawn by embedOwners.ts, which a document with one does not need; what has more to show than that is another layout's.
import type { PodTemplateSpec } from '../kube/kinds/pod.ts';
import { fit, type SceneMessages, textWidth } from './captions.ts';
import { HAND_OWNER, type OwnerGlyph, podsUnder, type Scene, type TrayGlyph } from './glyphs.ts';
import type { Item, Rect } from './item.ts';
import { type DrawHeld, laneHeight, layoutLane } from './laneLayout.ts';
import type { Layout, Size } from './layout.ts';
import { caption, mark } from './mark.ts';
import { Draft, MID, title } from './ownerDraft.ts';
import { countText } from './ownerWords.ts';
import { keptPlaces, type PlacedTray, placeAll } from './placed.ts';
import { addRail } from './rail.ts';
import { gridFor, planTrays, type TrayPlan } from './trayLayout.ts';

const NARROW_BELOW = 560;
const GAP = 8;
const TRAYS_MAX = 3;
const OWNERS_MAX = 4;
const PODS_MAX = 16;
/** More pips than these leave no room for words beside them. */
const BESIDE_PIPS_MAX = 4;

/** What the picture teaches, in two lines; the first in bold. */
export type Moral = readonly [string, string];

/** Draws what is not one plain owner into the place of one; returns where it ends. */
export type DrawOwners = (draft: Draft, owners: readonly OwnerGlyph[], area: Rect, isNarrow: boolean, messages: SceneMessages) => number;

/** What not every document needs. */
export interface OwnersDrawing {
  readonly drawHeld: DrawHeld;
  readonly drawOwners: DrawOwners;
  readonly ownerLinks: (draft: Draft, trays: readonly PlacedTray[], isNarrow: boolean) => Item[];
}

/** Whether a scene can be shown in a document with its names. */
export function fitsDocument({ owners, trays, pods }: Scene): boolean {
  return owners.length > 0 && owners.length <= OWNERS_MAX && trays.length <= TRAYS_MAX && pods.size <= PODS_MAX;
}

/** Of a scene that fits; undefined where its owners are not one plain one or pods wait for a reason, and what draws those is not there. */
export function layoutEmbed(
  scene: Scene,
  size: Size,
  messages: SceneMessages,
  moral: Moral | undefined,
  drawing: OwnersDrawing | undefined,
): Layout | undefined {
  const [owner] = scene.owners;
  const isPlain = scene.owners.length === 1 && owner?.kind !== HAND_OWNER && !owner?.scaler;
  const hasQueue = scene.lane.waiting.some(({ refusal }) => refusal);
  if (!owner || !((isPlain && !hasQueue) || drawing)) return undefined;
  const isNarrow = size.width < NARROW_BELOW;
  const draft = new Draft(messages);
  const card = isNarrow
    ? { x: 14, y: 10, width: size.width - 28, height: 120 }
    : { x: 20, y: 14, width: 224, height: Math.max(220, size.height - 26) };
  if (!isPlain && drawing) card.height = drawing.drawOwners(draft, scene.owners, card, isNarrow, messages) - card.y;
  else if (isNarrow) lowCard(draft, owner, card, messages);
  else tallCard(draft, owner, card, messages);
  const room = isNarrow
    ? { x: card.x, y: card.y + card.height + 16, width: card.width }
    : { x: card.x + card.width + 44, y: card.y, width: size.width - card.width - 82 };
  const queue = hasQueue ? laneHeight(scene.lane, isNarrow, true) : 0;
  const lane = layoutLane(scene.lane, { ...room, height: queue }, isNarrow, messages, drawing?.drawHeld);
  const trayTop = room.y + (queue > 0 ? queue + 12 : 0);
  const foot = moral ? 56 : 0;
  const area = { ...room, y: trayTop, height: size.height - trayTop - foot - 12 };
  const need = needOf(scene.trays, isPlain ? owner : undefined);
  const plan = isNarrow ? columns(scene.trays, need, area) : (rows(scene.trays, need, area) ?? planTrays(scene.trays, area, false));
  const trays = scene.trays.map((tray, i) => ({ tray, rect: plan.rects[i] as Rect }));
  const below = trayTop + plan.height;
  return {
    scene,
    size,
    content: { width: size.width, height: Math.max(below + foot + 10, isNarrow ? 0 : card.y + card.height + 12) },
    ...placeAll(trays, plan, lane),
    pips: new Map(draft.pips.map((pip) => [pip.pod.key, pip])),
    cutters: draft.cutters,
    cards: draft.cards,
    doors: draft.doors,
    scalers: draft.scalers,
    trays,
    plan,
    heat: undefined,
    lane,
    threads: new Map(),
    items: [
      ...draft.items,
      ...(hasQueue ? lane.items : []),
      ...(!isPlain && drawing
        ? drawing.ownerLinks(draft, trays, isNarrow)
        : trays.map(({ rect }, i) => link(i, draft.pips.length > 0, card, rect, isNarrow))),
      ...keptPlaces(trays, plan, messages),
      ...(moral ? [words(moral, room, below)] : []),
    ],
    // Shown whole, smaller where it must be.
    isPhone: false,
  };
}

/** Below each other, each cookie with its name; undefined where they find no room. */
function rows(trays: readonly TrayGlyph[], need: number, { x, y, width, height }: Rect): TrayPlan | undefined {
  const style = 'row';
  const each = (height - (trays.length - 1) * GAP) / trays.length;
  const rects = trays.map((_, i) => ({ x, y: y + i * (each + GAP), width, height: each }));
  const grid = gridFor(style, need, width, each, true);
  return trays.length > 1 && grid.hasCaptions ? { style, rects, grid, height } : undefined;
}

/** Beside each other: where it is narrow, there is height. */
function columns(trays: readonly TrayGlyph[], need: number, { x, y, width, height }: Rect): TrayPlan {
  const style = 'token';
  const each = (width - (trays.length - 1) * GAP) / Math.max(1, trays.length);
  const rects = trays.map((_, i) => ({ x: x + i * (each + GAP), y, width: each, height }));
  return { style, rects, grid: gridFor(style, need, each, height, true), height };
}

/** How many places the fullest has; where cookies are replaced there is room for the old beside the new from the beginning. */
function needOf(trays: readonly TrayGlyph[], only: OwnerGlyph | undefined): number {
  const most = Math.max(1, ...trays.map(({ pods, nominated }) => pods.length + nominated.length));
  return only?.kind === 'Deployment' ? Math.max(most, Math.ceil((2 * only.wants) / Math.max(1, trays.length))) : most;
}

function tallCard(draft: Draft, owner: OwnerGlyph, card: Rect, messages: SceneMessages): void {
  const previous = owner.previous === owner.look ? undefined : owner.previous;
  const cutterX = previous ? 162 : card.width / 2;
  const middle = Math.round(card.height * 0.41);
  const line = card.height - 74;
  const image = imageOf(owner);
  const isCountAbove = isCountLong(owner);
  draft.card(owner, card, [
    title(owner, 18, 30, 20, card.width - 36),
    ...(isCountAbove ? [caption(fit(countText(owner, messages), card.width - 36, MID), 18, 52, MID)] : []),
    ...(image && line - middle > 66 ? [caption(fit(image, card.width - 36, MID), cutterX, middle + 68, { ...MID, anchor: 'middle' })] : []),
    mark('path', { d: `M18 ${line}H${card.width - 18}`, stroke: 'var(--line)', 'stroke-width': 1.2 }),
  ]);
  draft.cutter(owner, card.x + cutterX, card.y + middle, 92, {
    homeX: card.x + card.width / 2,
    ghost: previous && { look: previous, x: card.x + 42, label: messages.was(previous.letter) },
  });
  rail(draft, owner, card, { x: card.x + 16, y: card.y + line + 10, width: card.width - 32 }, isCountAbove ? undefined : messages);
}

function lowCard(draft: Draft, owner: OwnerGlyph, card: Rect, messages: SceneMessages): void {
  const previous = owner.previous === owner.look ? undefined : owner.previous;
  const left = 118;
  const width = card.width - left - 14;
  const image = imageOf(owner);
  draft.card(owner, card, [
    title(owner, left, 28, 18, width),
    ...(previous
      ? [caption(fit(messages.becameFrom(previous.letter, owner.look.letter), width, MID), left, 48, { size: 13, weight: 600 })]
      : isCountLong(owner)
        ? [caption(fit(countText(owner, messages), width, MID), left, 48, MID)]
        : []),
    ...(image ? [caption(fit(image, width, { size: 12, isMono: true }), left, 67, { size: 12, fill: 'var(--ink2)', isMono: true })] : []),
  ]);
  draft.cutter(owner, card.x + 60, card.y + card.height / 2, 76);
  rail(draft, owner, card, { x: card.x + left - 4, y: card.y + 76, width }, owner.kind === 'CronJob' ? undefined : messages);
}

/** The pips and, where that is not said elsewhere, what the owner wants on their right, in as many words as there is room for. */
function rail(
  draft: Draft,
  owner: OwnerGlyph,
  card: Rect,
  { x, y, width }: Omit<Rect, 'height'>,
  messages: SceneMessages | undefined,
): void {
  const { right } = addRail(draft, owner, podsUnder(owner), { x, y, width, height: 34, pitch: 29 }, card, true);
  if (!messages) return;
  const end = card.x + card.width - 14;
  const room = end - right - 8;
  // Alone, the first part has no comma to go on from.
  const wants = messages.wantsPart(owner.wants).replace(/,$/, '');
  const said = [countText(owner, messages), wants].find((text) => textWidth(text, { size: 12 }) <= room);
  if (said) draft.items.push(still(`count:${owner.key}`, caption(said, end, y + 21, { size: 12, fill: 'var(--ink2)', anchor: 'end' })));
}

/** A schedule, or more pips than leave room for words. */
function isCountLong({ kind, wants }: OwnerGlyph): boolean {
  return kind === 'CronJob' || wants > BESIDE_PIPS_MAX;
}

function imageOf({ object }: OwnerGlyph): string | undefined {
  return (object?.spec as { readonly template?: PodTemplateSpec } | undefined)?.template?.spec.containers[0]?.image;
}

/** From the count, and never from the cutter, to a node. */
function link(index: number, hasPods: boolean, card: Rect, tray: Rect, isNarrow: boolean): Item {
  const right = card.x + card.width;
  const from = card.y + card.height - 46;
  const to = tray.y + tray.height / 2;
  const gap = (tray.x - right) / 2;
  const isBeside = tray.x - right < 60 && tray.x > right;
  const d = isNarrow
    ? index === 0
      ? `M${card.x + card.width / 2} ${card.y + card.height}V${tray.y}`
      : 'M0 0'
    : isBeside
      ? `M${right} ${from}C${right + gap} ${from} ${tray.x - gap} ${to} ${tray.x} ${to}`
      : 'M0 0';
  return {
    id: `link:${index}`,
    layer: 'threads',
    x: 0,
    y: 0,
    opacity: hasPods ? undefined : 0,
    marks: [mark('path', { d, fill: 'none', stroke: 'var(--edge)', 'stroke-width': 1.3 })],
  };
}

function words([first, second]: Moral, { x, width }: Omit<Rect, 'height'>, y: number): Item {
  const middle = x + width / 2;
  return {
    id: 'moral',
    layer: 'cards',
    x: 0,
    y: 0,
    marks: [
      caption(fit(first, width, { size: 15, isBold: true }), middle, y + 24, { size: 15, weight: 600, anchor: 'middle' }),
      caption(fit(second, width, { size: 14 }), middle, y + 45, { size: 14, fill: 'var(--ink2)', anchor: 'middle' }),
    ],
  };
}

function still(id: string, drawn: Item['marks'][number]): Item {
  return { id, layer: 'cards', x: 0, y: 0, marks: [drawn] };
}
