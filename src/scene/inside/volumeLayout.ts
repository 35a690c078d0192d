// A volume and the files on it: one line of files beside its name where it is wide, below it where it is narrow. What changed last is
// always among the files that are shown; the rest is a number.
import type { Rect } from '../item.ts';
import type { Detail } from './cards.ts';
import type { FileBox, VolumeBox } from './model.ts';
import type { PlacedVolume } from './placed.ts';

interface Shelf {
  readonly isWide: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly pitchX: number;
  readonly pitchY: number;
  readonly x: number;
  readonly y: number;
}

const WIDE_FROM = 460;
const LABEL = 182;
const WIDE_PITCH = 138;
const NARROW_PITCH = 130;
const ROWS_MAX = 3;

export function volumeHeight(box: VolumeBox, width: number, detail: Detail): number {
  const { isWide, rows, pitchY } = shelfOf(box, width, detail);
  return isWide ? 74 + (rows - 1) * pitchY : 58 + (rows > 0 ? rows * pitchY + 8 : 0);
}

function shelfOf({ files }: VolumeBox, width: number, detail: Detail): Shelf {
  const isWide = width >= WIDE_FROM;
  const columns = Math.max(1, Math.floor((width - (isWide ? LABEL : 28)) / (isWide ? WIDE_PITCH : NARROW_PITCH)));
  const most = Math.min(ROWS_MAX, isWide ? 1 + detail : 2 + detail);
  const rows = Math.min(most, Math.ceil(files.length / columns));
  const pitchX = (width - (isWide ? LABEL : 28)) / columns;
  return isWide
    ? { isWide, columns, rows: Math.max(1, rows), pitchX, pitchY: 54, x: LABEL, y: 15 }
    : { isWide, columns, rows, pitchX, pitchY: 36, x: 16, y: 56 };
}

export function placeVolume(box: VolumeBox, rect: Rect, detail: Detail): PlacedVolume {
  const { isWide, columns, rows, pitchX, pitchY, x, y } = shelfOf(box, rect.width, detail);
  const room = columns * rows;
  const shown = box.files.length <= room ? box.files : latest(box.files, room - 1);
  const at = (i: number) => ({ x: rect.x + x + (i % columns) * pitchX, y: rect.y + y + Math.floor(i / columns) * pitchY });
  return {
    box,
    rect,
    isWide,
    files: shown.map((file, i) => ({ file, ...at(i), width: pitchX - 8, isLarge: isWide })),
    more: shown.length < box.files.length ? { count: box.files.length - shown.length, ...at(shown.length) } : undefined,
  };
}

/** The files that changed last, still in the order of their paths. */
function latest(files: readonly FileBox[], count: number): readonly FileBox[] {
  const kept = new Set([...files].sort((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0)).slice(0, count));
  return files.filter((file) => kept.has(file));
}
