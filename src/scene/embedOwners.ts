// Owners in a document where one card is not all there is: several owners share the place of one, each over its own pods, and under an
// owner that is scaled stands what scales it.
import { fit, type SceneMessages, textWidth } from './captions.ts';
import type { DrawOwners } from './embedLayout.ts';
import { HAND_OWNER, type OwnerGlyph, podsUnder, type TrayGlyph } from './glyphs.ts';
import type { Item, Rect } from './item.ts';
import { caption, group, type Mark, mark } from './mark.ts';
import { type Draft, kindText, MID, title } from './ownerDraft.ts';
import { countText } from './ownerWords.ts';
import type { PlacedTray } from './placed.ts';
import { addRail, stepperWidth } from './rail.ts';
import { addScalerCard, addScalerStrip } from './scalerStrip.ts';
import { measureText, type Scaler } from './scalers.ts';
import { round, shapePath } from './shapes.ts';

export { drawHeld } from './laneHeld.ts';

const GAP = 8;
/** Where it is narrow they stand two and two. */
const LOW = 64;
const SCALER_HEIGHT = 92;
/** From this height on there is a line for what is wanted. */
const COUNTED_FROM = 84;
const LARGE_FROM = 140;
/** As kubectl shortens it in every language. */
const SCALER = 'HPA';
const SMALL = { size: 12, fill: 'var(--ink2)' };

export const drawOwners: DrawOwners = (draft, owners, area, isNarrow, messages) => {
  const scaled = owners.filter(({ scaler }) => scaler);
  if (isNarrow) {
    const columns = Math.min(2, owners.length);
    const width = (area.width - (columns - 1) * GAP) / columns;
    owners.forEach((owner, i) => {
      const rect = { x: area.x + (i % columns) * (width + GAP), y: area.y + Math.floor(i / columns) * (LOW + GAP), width, height: LOW };
      drawCard(draft, owner, rect, messages);
    });
    for (const owner of scaled) addScalerStrip(draft, owner, { ...area, height: 0 }, messages, true);
    return draft.bottom;
  }
  const room = area.height - scaled.length * (SCALER_HEIGHT + GAP) - (owners.length - 1) * GAP;
  const height = Math.floor(room / owners.length);
  let y = area.y;
  for (const owner of owners) {
    drawCard(draft, owner, { ...area, y, height }, messages);
    y += height + GAP;
    if (!owner.scaler) continue;
    drawScaler(draft, owner.scaler, { ...area, y, height: SCALER_HEIGHT }, messages);
    y += SCALER_HEIGHT + GAP;
  }
  return y - GAP;
};

function drawCard(draft: Draft, owner: OwnerGlyph, rect: Rect, messages: SceneMessages): void {
  const { width, height } = rect;
  const pods = podsUnder(owner);
  const isHand = owner.kind === HAND_OWNER;
  const hasCount = height >= COUNTED_FROM;
  const isLarge = height >= LARGE_FROM;
  const d = isLarge ? 64 : hasCount ? 42 : 34;
  const x = d + 26;
  const room = width - x - 8;
  const named = isHand ? { ...owner, name: nameOfLoose(owner, messages), kind: messages.noOwner } : owner;
  const nameY = isLarge ? 40 : 24;
  const middle = hasCount ? (isLarge ? 54 : 31) : height / 2;
  draft.card(owner, rect, [
    name(named, x, nameY, isLarge ? 19 : 15, room),
    ...(hasCount ? [caption(fit(countText(owner, messages), room, MID), x, nameY + (isLarge ? 24 : 19), MID)] : []),
    ...(isHand ? [looseMark(d, 10 + d / 2, middle)] : []),
  ]);
  if (!isHand) draft.cutter(owner, rect.x + 12 + d / 2, rect.y + middle, d);
  const box = hasCount
    ? { x: rect.x + 12, y: rect.y + height - (isLarge ? 46 : 36), width: width - 24, height: isLarge ? 34 : 28, pitch: 27 }
    : { x: rect.x + x - 4, y: rect.y + height - 34, width: room + 4, height: 26, pitch: 25 };
  addRail(draft, owner, pods, box, rect, true);
}

/** With its kind where there is room for both. */
function name(owner: OwnerGlyph, x: number, y: number, size: number, room: number): Mark {
  const face = { size, isBold: true };
  const needs = textWidth(owner.name, face) + 6 + textWidth(kindText(owner), { size: 12 });
  return needs <= room ? title(owner, x, y, size, room) : caption(fit(owner.name, room, face), x, y, { size, weight: 600 });
}

function nameOfLoose({ pods }: OwnerGlyph, messages: SceneMessages): string {
  return pods.length === 1 ? (pods[0]?.name ?? '') : messages.pods(pods.length);
}

function looseMark(d: number, x: number, y: number): Mark {
  return mark('path', {
    d: shapePath('hand', d),
    transform: `translate(${x} ${y})`,
    fill: 'none',
    stroke: 'var(--edge)',
    'stroke-width': 1.4,
    'stroke-dasharray': '4 3.5',
  });
}

/** Its range and where it stands, what is measured, and the load that a reader turns up and down. */
function drawScaler(draft: Draft, scaler: Scaler, rect: Rect, messages: SceneMessages): void {
  const words = messages.scaler;
  const room = rect.width - 28;
  const steps = { height: 28, room: 58 };
  const right = rect.width - stepperWidth(steps) - 12;
  const marks = [
    caption(SCALER, 14, 23, { size: 13, weight: 600 }),
    caption(fit(`${words.range(scaler.min, scaler.max)}, ${words.now(scaler.now)}`, room - 34, SMALL), 46, 23, SMALL),
    caption(fit(measureText(scaler, messages), room, SMALL), 14, 43, SMALL),
    ...(textWidth(words.load, SMALL) < right - 20 ? [caption(words.load, 14, 73, SMALL)] : []),
  ];
  addScalerCard(draft, scaler, rect, marks, { ...steps, x: right, y: 55 }, messages);
}

/** A line in the colour of its template from each owner to each node that has pods of it; nobody holds those that have no owner. */
export function ownerLinks(draft: Draft, trays: readonly PlacedTray[], isNarrow: boolean): Item[] {
  const { cards } = draft;
  return cards.flatMap(({ owner, rect }, i) => {
    if (owner.kind === HAND_OWNER) return [];
    const share = (i + 1) / (cards.length + 1);
    return trays
      .filter(({ tray }) => hasPodsOn(owner, tray))
      .map(({ tray, rect: bed }): Item => {
        const [fromX, fromY] = isNarrow ? [rect.x + rect.width / 2, rect.y + rect.height] : [rect.x + rect.width, rect.y + rect.height / 2];
        const [toX, toY] = isNarrow ? [bed.x + bed.width * share, bed.y] : [bed.x, bed.y + bed.height * share];
        const [x, y] = [(fromX + toX) / 2, (fromY + toY) / 2];
        const bend = isNarrow ? `${fromX} ${y} ${toX} ${y}` : `${x} ${fromY} ${x} ${toY}`;
        const d = `M${fromX} ${fromY}C${bend} ${toX} ${toY}`.replace(/\d+\.\d+/g, (number) => String(round(Number(number))));
        const line = mark('path', { d, fill: 'none', stroke: 'var(--crust)', 'stroke-opacity': 0.6, 'stroke-width': 1.3 });
        return {
          id: `link:${owner.key}:${tray.name}`,
          layer: 'threads',
          x: 0,
          y: 0,
          marks: [group({ class: `look-${owner.look.shape}` }, [line])],
        };
      });
  });
}

function hasPodsOn(owner: OwnerGlyph, { name }: TrayGlyph): boolean {
  return podsUnder(owner).some(({ pod }) => pod.spec.nodeName === name);
}
