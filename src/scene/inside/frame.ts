// One frame of the inside of a pod: the layout at a moment as items for the painter, with what is selected, focused and on its way.

import type { SceneMessages } from '../captions.ts';
import type { Item, Layer, Rect } from '../item.ts';
import { caption, type Mark, mark } from '../mark.ts';
import { isRunningDown } from '../podState.ts';
import { round } from '../shapes.ts';
import { containerMarks, initMarks } from './drawContainer.ts';
import {
  bandMarks,
  doorMarks,
  type Given,
  headMarks,
  networkMarks,
  plugMarks,
  stateAt,
  trayMarks,
  wireMarks,
  wiresMarks,
} from './drawPod.ts';
import { fileMarks, flowMarks, flowOf, type Moment, pipeMarks, roomBeside, volumeMarks, windowMarks } from './drawVolume.ts';
import type { PartId } from './model.ts';
import { type CardMotion, scaleFor } from './motion.ts';
import type { InsideLayout } from './placed.ts';
import { travelling } from './traffic.ts';
import type { InsideWords } from './words.ts';

export interface InsideFrameInput {
  readonly layout: InsideLayout;
  readonly words: InsideWords;
  readonly messages: SceneMessages;
  readonly atMs: number;
  readonly speed: number;
  readonly isReduced: boolean;
  readonly selected: PartId | undefined;
  readonly hovered: PartId | undefined;
  readonly focused: Rect | undefined;
  readonly motion?: ReadonlyMap<string, CardMotion>;
}

/** A changed file is black for two seconds of the screen. */
const FRESH_MS = 2000;

export function insideFrame(input: InsideFrameInput): readonly Item[] {
  const { layout, words, atMs, speed, isReduced } = input;
  const given: Given = { layout, words, messages: input.messages, atMs };
  const moment: Moment = { atMs, freshMs: freshFor(speed) };
  const { key } = layout.model.pod;
  const items: Item[] = [];
  const put = (id: string, layer: Layer, place: { readonly x: number; readonly y: number }, marks: readonly Mark[], part?: PartId) =>
    items.push({ id, layer, x: round(place.x), y: round(place.y), marks, key, ...(part ? { act: part } : {}) });
  const origin = { x: 0, y: 0 };
  // In a layer below the band: it may come later, when a phone is turned.
  if (layout.tray) put('tray', 'threads', layout.tray, trayMarks(layout.tray, layout.model.pod.pod.spec.nodeName ?? ''));
  put('band', 'lane', layout.band, bandMarks(given));
  put('head', 'cards', layout.head, headMarks(given));
  put('network', 'cards', origin, networkMarks(given));
  put('wire', 'cards', origin, wireMarks(given));
  put('door', 'plates', layout.door, doorMarks(given), 'door');
  putContainers(layout, given, put);
  putStorage(layout, given, moment, put);
  if (input.motion?.size) moveCards(items, layout, input.motion);
  for (const { id, x, y, marks } of travelling(layout, atMs, speed, isReduced)) put(id, 'flights', { x, y }, marks);
  return [...items, ...outlines(input)];
}

export function freshFor(speed: number): number {
  return FRESH_MS * scaleFor(speed);
}

/** Cards on the move take their windows along. */
function moveCards(items: Item[], { containers, mounts }: InsideLayout, motion: ReadonlyMap<string, CardMotion>): void {
  const moved = new Map<PartId, CardMotion>();
  for (const { box } of containers) {
    const how = motion.get(box.name);
    if (!how) continue;
    moved.set(box.id, how);
    for (const { mount, container } of mounts) if (container === box.name) moved.set(mount.id, how);
  }
  for (const [i, item] of items.entries()) {
    const how = moved.get(item.id);
    if (how) items[i] = { ...item, x: round(item.x + how.dx), ...(how.opacity === undefined ? {} : { opacity: how.opacity }) };
  }
}

type Put = (id: string, layer: Layer, place: { readonly x: number; readonly y: number }, marks: readonly Mark[], part?: PartId) => void;

function putContainers(layout: InsideLayout, { words, atMs }: Given, put: Put): void {
  for (const placed of layout.inits) put(placed.box.id, 'trays', placed.rect, initMarks(placed, words, atMs), placed.box.id);
  const [firstInit] = layout.inits;
  if (firstInit && layout.initsLeft > 0) {
    const place = { x: firstInit.rect.x, y: firstInit.rect.y - 8 };
    put('inits-left', 'inner', place, [caption(words.moreInits(layout.initsLeft), 0, 0, { size: 12.5, fill: 'var(--ink2)' })]);
  }
  if (layout.initArrow) put('init-arrow', 'inner', layout.initArrow, [initArrow()]);
  for (const placed of layout.containers) {
    const { box, rect, plugs } = placed;
    put(`wires/${box.name}`, 'inner', { x: 0, y: 0 }, wiresMarks(placed, words));
    put(box.id, 'trays', rect, containerMarks(placed, words, atMs), box.id);
    for (const plug of plugs) put(plug.plug.id, 'glyphs', plug, plugMarks(plug), plug.plug.id);
  }
}

function initArrow(): Mark {
  return mark('path', { d: 'M0 0H19M14 -4.5L19 0L14 4.5', fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.4 });
}

function putStorage(layout: InsideLayout, { words }: Given, moment: Moment, put: Put): void {
  const { volumes, mounts, containers, note } = layout;
  const boxOf = new Map(containers.map(({ box }) => [box.name, box]));
  const volumeOf = new Map(volumes.map(({ box }) => [box.name, box]));
  const flows = mounts.map((placed) => ({ placed, flow: flowOf(volumeOf.get(placed.mount.volume), boxOf.get(placed.container), moment) }));
  for (const placed of volumes) {
    const { box, rect, files } = placed;
    put(box.id, 'trays', rect, volumeMarks(placed, words, note === undefined), box.id);
    put(`pipes/${box.name}`, 'inner', { x: 0, y: 0 }, pipeMarks(flows.filter((each) => each.placed.mount.volume === box.name)));
    for (const file of files) put(file.file.id, 'glyphs', file, fileMarks(file, words, moment), file.file.id);
  }
  for (const { placed, flow } of flows) {
    put(placed.mount.id, 'glyphs', placed.window, windowMarks(placed.mount, placed.window, words), placed.mount.id);
    put(`flow/${placed.mount.id}`, 'inner', { x: 0, y: 0 }, flowMarks(placed, flow, words, roomBeside(placed, layout)));
  }
  if (note) put('note', 'cards', note, noteMarks(words));
}

function noteMarks({ alsoVolumes }: InsideWords): readonly Mark[] {
  return alsoVolumes.map((line, i) => ({
    tag: 'text',
    attrs: { y: i * 18, 'font-size': 12.5, fill: 'var(--ink2)' },
    text: line,
  }));
}

// Selection, pointer and keyboard

function outlines({ layout, selected, hovered, focused }: InsideFrameInput): Item[] {
  const items: Item[] = [];
  for (const [part, width] of [
    [selected, 2.5],
    [hovered === selected ? undefined : hovered, 1.2],
  ] as const) {
    const rect = part === undefined ? undefined : rectOf(part, layout);
    if (rect) items.push(outline(`outline:${width}`, rect, 5, width));
  }
  if (focused) items.push(...focusSquare(focused));
  return items;
}

function outline(id: string, { x, y, width, height }: Rect, grow: number, stroke: number): Item {
  const box = { width: round(width + 2 * grow), height: round(height + 2 * grow), rx: 12 };
  return {
    id,
    layer: 'overlay',
    x: round(x - grow),
    y: round(y - grow),
    marks: [mark('rect', { ...box, fill: 'none', stroke: 'var(--ink)', 'stroke-width': stroke, class: 'outline' })],
  };
}

function focusSquare({ x, y, width, height }: Rect): Item[] {
  const at = { layer: 'overlay' as const, x: round(x - 6), y: round(y - 6) };
  const [w, h] = [round(width + 12), round(height + 12)];
  const square = (inset: number, stroke: string, thick: number) =>
    mark('rect', {
      x: inset,
      y: inset,
      width: w - 2 * inset,
      height: h - 2 * inset,
      rx: 12 - inset,
      fill: 'none',
      stroke,
      'stroke-width': thick,
      class: 'outline',
    });
  return [{ id: 'focus', ...at, marks: [square(0, 'var(--ink)', 3), square(2.5, 'var(--panel)', 2)] }];
}

/** Where a part stands; undefined where it is not drawn. */
export function rectOf(part: PartId, { door, inits, containers, mounts, volumes }: InsideLayout): Rect | undefined {
  if (part === 'door') return door;
  const container = [...inits, ...containers].find(({ box }) => box.id === part);
  if (container) return container.rect;
  const window = mounts.find(({ mount }) => mount.id === part)?.window;
  if (window) return window;
  const plug = containers.flatMap(({ plugs }) => plugs).find((each) => each.plug.id === part);
  if (plug) return { x: plug.x - plug.width / 2, y: plug.y - 11, width: plug.width, height: 22 };
  const volume = volumes.find(({ box }) => box.id === part)?.rect;
  if (volume) return volume;
  const file = volumes.flatMap(({ files }) => files).find((each) => each.file.id === part);
  return file && { x: file.x - 4, y: file.y - 4, width: file.width, height: file.isLarge ? 52 : 36 };
}

/** Whether the picture changes as the clock runs on, though nothing is written. */
export function isCountingDown({ model }: InsideLayout, atMs: number): boolean {
  return (
    isRunningDown(stateAt(model, atMs)) ||
    [...model.inits, ...model.containers].some(({ state }) => state.untilMs !== undefined && state.untilMs > atMs)
  );
}
