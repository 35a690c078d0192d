// More nodes than trays can be drawn for: the heat-map, one mark a node, in columns of zones. What a mark is coloured by is chosen; in
// "template" it runs from the old template to the new one, and its corners run from round to square, so that shape says it as well.
import type { Amounts } from './amounts.ts';
import { fit, type SceneMessages, textWidth } from './captions.ts';
import { closeMarks } from './cells.ts';
import { type OwnerGlyph, podsUnder, type Scene, type TrayGlyph } from './glyphs.ts';
import type { Item, Rect } from './item.ts';
import { caption, type Mark, mark } from './mark.ts';
import type { Look } from './podRecord.ts';
import { round } from './shapes.ts';

export const COLOURINGS = ['template', 'cpu', 'memory', 'state'] as const;
export type Colouring = (typeof COLOURINGS)[number];

/** The two templates that the map shows the share of; the same where there is only one. */
export interface HeatLooks {
  readonly old: Look;
  readonly new: Look;
}

/** The map as the rest of the scene knows it: this file comes only when a world has so many nodes. */
export interface Heat {
  /** What the drawing of a mark depends on, besides its node. */
  readonly id: string;
  readonly looks: HeatLooks | undefined;
  plan(trays: readonly TrayGlyph[], area: Rect): HeatPlan;
  words(scene: Scene, plan: HeatPlan, area: Rect, messages: SceneMessages): Item;
  /** Around the node's own corner. From some size on screen on it shows its pods. */
  marks(tray: TrayGlyph, rect: Rect, closeness: number, atMs: number): Mark[];
}

export function heatOf(scene: Scene, colouring: Colouring, chosen: ReadonlySet<string>): Heat {
  const looks = colouring === 'template' ? heatLooks(scene.owners, chosen) : undefined;
  const paint: Paint = { colouring, looks };
  return {
    id: `${colouring} ${looks?.old.letter} ${looks?.new.letter}`,
    looks,
    plan: planHeat,
    words: (drawn, plan, area, messages) => heatWords(drawn, plan, paint, area, messages),
    marks: (tray, rect, closeness, atMs) => (closeness > 0 ? closeMarks(tray, rect, closeness, atMs) : heatMarks(tray, rect, paint)),
  };
}

interface Paint {
  readonly colouring: Colouring;
  readonly looks: HeatLooks | undefined;
}

/** Of the owner that is selected, else of the one with most pods. */
export function heatLooks(owners: readonly OwnerGlyph[], chosen: ReadonlySet<string>): HeatLooks | undefined {
  const owned = owners.filter(({ object }) => object !== undefined);
  const [most] = [...owned].sort((a, b) => podsUnder(b).length - podsUnder(a).length);
  const owner = owned.find(({ key }) => chosen.has(key)) ?? most;
  if (!owner) return undefined;
  const older = owner.previous && podsUnder(owner).some(({ look }) => look === owner.previous) ? owner.previous : owner.look;
  return { old: older, new: owner.look };
}

// Where the marks stand

interface HeatZone {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly trays: readonly TrayGlyph[];
}

export interface HeatPlan {
  readonly rects: readonly Rect[];
  readonly zones: readonly HeatZone[];
  readonly height: number;
}

const ZONE = 'topology.kubernetes.io/zone';
const HEAD = 58;
const GAP = 10;
const MARK_MAX = 26;
const MARK_MIN = 6;

/** Columns of zones, as many as fit beside each other; marks as large as lets all be seen. */
function planHeat(trays: readonly TrayGlyph[], area: Rect): HeatPlan {
  const groups = new Map<string, TrayGlyph[]>();
  for (const tray of trays) {
    const zone = tray.node.metadata.labels?.[ZONE] ?? '';
    const group = groups.get(zone);
    if (group) group.push(tray);
    else groups.set(zone, [tray]);
  }
  const list = [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const columns = Math.min(list.length, Math.max(1, Math.floor((area.width + GAP) / 96)));
  const width = (area.width - (columns - 1) * GAP) / columns;
  const bands = Math.ceil(list.length / columns);
  const most = Math.max(...list.map(([, group]) => group.length));
  const room = (area.height - HEAD - bands * 26) / bands;
  let size = MARK_MAX;
  while (size > MARK_MIN && Math.ceil(most / Math.floor(width / size)) * size > room) size--;
  const perRow = Math.max(1, Math.floor(width / size));
  // What is left over is shared out, so that the columns end where the stage does.
  const pitch = width / perRow;
  const bandHeight = Math.ceil(most / perRow) * size + 26;
  const rectOf = new Map<TrayGlyph, Rect>();
  const zones = list.map(([name, group], i): HeatZone => {
    const x = area.x + (i % columns) * (width + GAP);
    const y = area.y + HEAD + Math.floor(i / columns) * bandHeight;
    group.forEach((tray, at) => {
      const left = x + (at % perRow) * pitch;
      rectOf.set(tray, { x: round(left), y: round(y + Math.floor(at / perRow) * size), width: round(pitch - 1), height: size - 1 });
    });
    return { name, x, y, width, trays: group };
  });
  return { rects: trays.map((tray) => rectOf.get(tray) as Rect), zones, height: HEAD + bands * bandHeight };
}

/** How many nodes and pods there are, and over each zone how much of it is of the new template. */
function heatWords(scene: Scene, plan: HeatPlan, heat: Paint, area: Rect, messages: SceneMessages): Item {
  const bound = scene.trays.reduce((sum, { pods }) => sum + pods.length, 0);
  const title = messages.heat.title(scene.trays.length, bound);
  const marks: Mark[] = [
    caption(title, 0, 16, { size: 17, weight: 600 }),
    caption(messages.heat.oneMark, textWidth(title, { size: 17, isBold: true }) + 14, 16, { size: 13, fill: 'var(--ink3)' }),
    ...(area.width >= 640 ? [caption(messages.heat.lens, area.width, 16, { size: 13, fill: 'var(--ink3)', anchor: 'end' })] : []),
  ];
  for (const { name, x, y, width, trays } of plan.zones) {
    const at = round(x - area.x);
    const value = zoneValue(trays, heat);
    const room = width - textWidth(value, { size: 12, isMono: true }) - 8;
    marks.push(caption(fit(name || messages.heat.noZone, room, { size: 13, isBold: true }), at, y - area.y - 8, { size: 13, weight: 600 }));
    marks.push(caption(value, at + width - 1, y - area.y - 8, { size: 12, isMono: true, anchor: 'end', fill: 'var(--ink2)' }));
  }
  return { id: 'heat-words', layer: 'trays', x: area.x, y: area.y, marks };
}

function zoneValue(trays: readonly TrayGlyph[], { colouring, looks }: Paint): string {
  if (colouring === 'state') return `${trays.filter(({ state }) => state === 'ready').length}/${trays.length}`;
  if (colouring !== 'template') return `${Math.round(100 * mean(trays.map((tray) => usedShare(tray, colouring))))}%`;
  const shares = trays.map((tray) => newShare(tray, looks)).filter((share) => share !== undefined);
  return looks && shares.length > 0 ? `${Math.round(100 * mean(shares))}% ${looks.new.letter}` : '';
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

// A mark

export const HEAT_STEPS = 8;

/** Around its node's own corner. */
function heatMarks(tray: TrayGlyph, { width, height }: Rect, heat: Paint): Mark[] {
  if (tray.state === 'notReady') return [body({ width, height, rx: 1.5, fill: 'var(--panel)' }), cross(width, height)];
  const marks = [body({ width, height, ...(heat.colouring === 'template' ? templateFill(tray, heat, width) : shadeOf(tray, heat)) })];
  if (tray.state === 'pressure')
    marks.push(mark('rect', { x: round(width / 2 - 2.2), y: round(height / 2 - 2.2), width: 4.4, height: 4.4, fill: 'var(--alarm)' }));
  if (tray.isCordoned)
    marks.push(mark('path', { d: `M1 ${round(height - 1)}L${round(width - 1)} 1`, stroke: 'var(--ink)', 'stroke-width': 1.6 }));
  return marks;
}

function body(attrs: Mark['attrs']): Mark {
  return mark('rect', attrs);
}

function cross(width: number, height: number): Mark {
  const [l, t, r, b] = [width * 0.18, height * 0.18, width * 0.82, height * 0.82].map(round);
  return mark('path', {
    d: `M${l} ${t}L${r} ${b}M${r} ${t}L${l} ${b}`,
    stroke: 'var(--alarm)',
    'stroke-width': 1.8,
    'stroke-linecap': 'round',
  });
}

function templateFill(tray: TrayGlyph, { looks }: Paint, size: number): Mark['attrs'] {
  const share = newShare(tray, looks);
  if (!looks || share === undefined) return { fill: 'var(--sunk)', rx: 1.5 };
  const step = Math.round(share * HEAT_STEPS);
  return { fill: stepFill(looks, step), rx: round((size / 2) * (1 - step / HEAT_STEPS) + 1) };
}

/** From the old template over paper to the new one. */
export function stepFill(looks: HeatLooks, step: number): string {
  const middle = HEAT_STEPS / 2;
  const { shape } = step >= middle ? looks.new : looks.old;
  const strength = looks.old === looks.new ? 1 : Math.abs(step - middle) / middle;
  return `color-mix(in srgb, var(--${shape === 'hand' ? 'hand' : shape.toLowerCase()}-fill) ${Math.round(100 * strength)}%, var(--sunk))`;
}

/** How much of the node's pods of these two templates is of the new one; undefined where it has none of either. */
function newShare({ pods }: TrayGlyph, looks: HeatLooks | undefined): number | undefined {
  let [older, newer] = [0, 0];
  for (const { look } of pods) {
    if (look === looks?.new) newer++;
    else if (look === looks?.old) older++;
  }
  return older + newer === 0 ? undefined : newer / (older + newer);
}

/** Ink, the more the fuller; a node that serves is quiet. */
function shadeOf(tray: TrayGlyph, { colouring }: Paint): Mark['attrs'] {
  const share = colouring === 'state' ? (tray.pods.length > 0 ? 0.35 : 0.12) : usedShare(tray, colouring === 'memory' ? 'memory' : 'cpu');
  return { fill: `color-mix(in srgb, var(--ink) ${Math.round(8 + 80 * share)}%, var(--tray))`, rx: 1.5 };
}

function usedShare(tray: TrayGlyph, resource: keyof Amounts): number {
  const used = tray.pods.reduce((sum, pod) => sum + pod.takes[resource], tray.system[resource]);
  return Math.min(1, used / Math.max(1e-9, tray.capacity[resource]));
}
