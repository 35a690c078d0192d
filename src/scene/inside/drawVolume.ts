// A volume with its files, the window of a mount, and the pipes between them.

import type { FileUse } from '../../kube/inside.ts';
import { fit, textWidth } from '../captions.ts';
import type { Rect } from '../item.ts';
import { caption, type Mark, mark } from '../mark.ts';
import { round } from '../shapes.ts';
import { NAME } from './cards.ts';
import { arrow, pipes, sheet, volumeSign } from './drawParts.ts';
import { type ContainerBox, type MountBox, usesOf, type VolumeBox } from './model.ts';
import type { InsideLayout, PlacedFile, PlacedMount, PlacedVolume } from './placed.ts';
import type { InsideWords } from './words.ts';

const MONO = { size: 12.5, isMono: true };
const SMALL = { size: 12 };

/** The moment that is drawn, and for how long what was just written stays black. */
export interface Moment {
  readonly atMs: number;
  readonly freshMs: number;
}

export function volumeMarks({ box, rect, isWide, files, more }: PlacedVolume, words: InsideWords, isLong: boolean): readonly Mark[] {
  const { width, height } = rect;
  const labelWidth = (isWide && (files.length > 0 || more) ? 176 : width) - 62;
  const long = words.volumeType(box, true);
  const isLongShown = isLong && !(isWide && files.length > 0) && textWidth(long, { size: 12.5 }) <= labelWidth;
  const type = isLongShown ? long : words.volumeType(box, false);
  const marks = [
    mark('rect', {
      width,
      height,
      rx: 12,
      fill: box.isOutside ? 'var(--tray-lip)' : 'var(--sunk)',
      stroke: 'var(--ink)',
      'stroke-width': 1.6,
    }),
    volumeSign(box.type, 16, isWide ? 17 : 13),
    caption(fit(box.name, labelWidth, NAME), 54, isWide ? 30 : 25, { ...NAME, weight: 600 }),
    caption(fit(box.complaint ?? type, labelWidth, { size: 12.5 }), 54, isWide ? 50 : 44, {
      size: 12.5,
      fill: box.complaint === undefined ? 'var(--ink2)' : 'var(--alarm)',
    }),
  ];
  if (more)
    marks.push(
      caption(words.moreFiles(more.count), more.x - rect.x, more.y - rect.y + (isWide ? 27 : 18), { ...SMALL, fill: 'var(--ink2)' }),
    );
  return marks;
}

export function fileMarks({ file, width, isLarge }: PlacedFile, words: InsideWords, { atMs, freshMs }: Moment): readonly Mark[] {
  const agoMs = file.atMs === undefined ? Number.POSITIVE_INFINITY : atMs - file.atMs;
  const isFresh = agoMs >= 0 && agoMs < freshMs;
  const [left, top, below] = isLarge ? [36, 19, 35] : [26, 12, 26];
  const room = width - left;
  const said = agoMs < WRITTEN_TOLD_MS ? words.written(agoMs) : words.size(file.bytes);
  return [
    // Makes the whole of it a place to press.
    mark('rect', { x: -4, y: -4, width: round(width), height: isLarge ? 52 : 36, fill: 'transparent' }),
    sheet(0, 0, isLarge, isFresh),
    caption(fitPath(file.path, room), left, top, { ...MONO, ...(isFresh ? { weight: 500 } : {}) }),
    caption(fit(said, room, SMALL), left, below, { ...SMALL, fill: 'var(--ink2)' }),
  ];
}

const WRITTEN_TOLD_MS = 60_000;

/** The end of a path is the file. */
function fitPath(path: string, room: number): string {
  return textWidth(path, MONO) <= room ? path : fit(path.slice(path.lastIndexOf('/') + 1), room, MONO);
}

export function windowMarks(mount: MountBox, { width, height }: Rect, words: InsideWords): readonly Mark[] {
  const long = mount.isReadOnly ? words.readOnly : words.readWrite;
  const path = mount.subPath ? `${mount.path} ← ${mount.subPath}` : mount.path;
  const isRoomy = textWidth(path, MONO) + textWidth(long, SMALL) + 30 <= width;
  const mode = isRoomy ? long : mount.isReadOnly ? words.readOnly : words.readWriteShort;
  const room = width - 30 - textWidth(mode, SMALL);
  return [
    mark('rect', { width, height, rx: 5, fill: 'var(--panel)', stroke: 'var(--ink)', 'stroke-width': 1.3 }),
    caption(fit(path, room, MONO), 10, 18, { ...MONO, weight: 500 }),
    caption(mode, width - 8, 18, { ...SMALL, anchor: 'end', fill: 'var(--ink3)' }),
  ];
}

// Pipes

/** What a container does to a volume through one of its mounts at this moment. */
export interface Flow {
  readonly isReading: boolean;
  readonly isWriting: boolean;
  readonly path: string | undefined;
}

export function flowOf(volume: VolumeBox | undefined, container: ContainerBox | undefined, { atMs, freshMs }: Moment): Flow {
  const isHere = ({ disk, path, atMs: usedMs }: FileUse) =>
    volume !== undefined && disk === volume.disk && path.startsWith(volume.folder) && atMs >= usedMs && atMs - usedMs < freshMs;
  const uses = (container ? usesOf(container) : []).filter(({ use }) => isHere(use));
  const isDone = (kind: 'reads' | 'writes') => uses.some((each) => each.kind === kind);
  const path = (uses.find(({ kind }) => kind === 'writes') ?? uses[0])?.use.path;
  return { isReading: isDone('reads'), isWriting: isDone('writes'), path: path?.slice((volume?.folder.length ?? 0) + 1) };
}

const STRAIGHT = 14;
const ROUTED = 8;

/** All pipes into one volume. */
export function pipeMarks(mounts: readonly { readonly placed: PlacedMount; readonly flow: Flow }[]): readonly Mark[] {
  return pipes(
    mounts.flatMap(({ placed: { pipe, isStraight }, flow }) =>
      pipe ? [{ d: pipe, width: isStraight ? STRAIGHT : ROUTED, isBusy: flow.isReading || flow.isWriting }] : [],
    ),
  );
}

/** The arrow in a straight pipe and the word beside it. */
export function flowMarks({ mount, isStraight, mark: place }: PlacedMount, flow: Flow, words: InsideWords, room: number): readonly Mark[] {
  if (!isStraight) return [];
  const isUp = flow.isWriting ? false : flow.isReading || mount.isReadOnly;
  const isBusy = flow.isReading || flow.isWriting;
  const middle = (place.top + place.bottom) / 2;
  const length = Math.min(40, place.bottom - place.top - 8);
  const word = wordFor(isUp, flow, words, room);
  return [
    arrow(place.x, middle, length, isUp, isBusy ? 'var(--panel)' : 'var(--ink)'),
    caption(word, place.x + 14, middle + 4, {
      size: 12.5,
      fill: isBusy ? 'var(--ink)' : 'var(--ink2)',
      ...(isBusy ? { weight: 500 } : {}),
    }),
  ];
}

function wordFor(isUp: boolean, { path }: Flow, words: InsideWords, room: number): string {
  const word = isUp ? words.reads : words.writes;
  const long = path === undefined ? word : isUp ? words.readsFile(path) : words.writesFile(path);
  return textWidth(long, { size: 12.5 }) <= room ? long : word;
}

/** How much room is beside a straight pipe, up to the next one or the edge. */
export function roomBeside({ mark: { x, top } }: PlacedMount, { mounts, band, bandWidth }: InsideLayout): number {
  const edge = band.x + band.width - bandWidth;
  const next = mounts.reduce(
    (least, other) => (other.mark.x > x && Math.abs(other.mark.top - top) < 1 ? Math.min(least, other.mark.x) : least),
    edge,
  );
  return next - x - 28;
}
