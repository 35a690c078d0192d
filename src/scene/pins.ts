// A learner's guess, pinned beside each pod it is about: a small plate with a glyph. Afterwards it bears a tick or a cross. A wrong
// guess is never red.
import type { Key } from '../kube/meta.ts';
import type { SceneMessages } from './captions.ts';
import { podGlyph } from './glyph.ts';
import type { Item } from './item.ts';
import type { Layout } from './layout.ts';
import { caption, group, type Mark, mark } from './mark.ts';
import type { PlacedPod } from './placed.ts';
import type { Look } from './podRecord.ts';
import type { PodState } from './podState.ts';
import { round } from './shapes.ts';

export interface Pin {
  readonly look: Look;
  readonly state: PodState;
  /** Undefined as long as nobody knows. */
  readonly isRight: boolean | undefined;
}

interface Plate {
  readonly width: number;
  readonly height: number;
  /** None for a plate of the verdict alone. */
  readonly glyph: number;
  readonly hasWord: boolean;
}

const LARGE: Plate = { width: 76, height: 54, glyph: 24, hasWord: true };
const SMALL: Plate = { width: 32, height: 30, glyph: 22, hasWord: false };
const VERDICT: Plate = { width: 26, height: 24, glyph: 0, hasWord: false };
/** A pod nearer than this to its neighbour leaves no room for words. */
const ROOM_FOR_WORDS = 86;
/** Nearer than this there is none for guess and verdict beside each other. */
const ROOM_FOR_BOTH = 54;

export function pinItems(layout: Layout, pins: ReadonlyMap<Key, Pin>, messages: SceneMessages): Item[] {
  const pinned = layout.pods.list.filter(({ pod, d }) => pins.has(pod.key) && d >= 22);
  const hasRoom = (least: number) => pinned.every((placed) => roomRightOf(placed, layout) >= least);
  const hasRoomForWords = !layout.isPhone && pinned.every(({ d }) => d >= 48) && hasRoom(ROOM_FOR_WORDS);
  const isKnown = pinned.some(({ pod }) => pins.get(pod.key)?.isRight !== undefined);
  const plate = hasRoomForWords ? LARGE : isKnown && !hasRoom(ROOM_FOR_BOTH) ? VERDICT : SMALL;
  return pinned.map((placed) => pinItem(placed, pins.get(placed.pod.key) as Pin, plate, messages));
}

function roomRightOf({ x, y, d, pod }: PlacedPod, layout: Layout): number {
  const tray = layout.trays.find(({ tray: { name } }) => name === pod.pod.spec.nodeName)?.rect;
  let end = tray ? tray.x + tray.width : layout.size.width;
  for (const other of layout.pods.list) if (other.x > x && Math.abs(other.y - y) < d) end = Math.min(end, other.x - other.d / 2);
  return end - (x + d / 2);
}

function pinItem({ pod, x, y, d }: PlacedPod, { look, state, isRight }: Pin, plate: Plate, messages: SceneMessages): Item {
  const { width, height, glyph, hasWord } = plate;
  const left = hasWord ? d / 2 + 7 : d / 2 - 4;
  const top = hasWord ? 10 - height : -d / 2 - 8;
  const isKnown = isRight !== undefined;
  const hasGlyph = glyph > 0;
  const plateWidth = width + (isKnown && !hasWord && hasGlyph ? 22 : 0);
  const middle = left + plateWidth / 2;
  const glyphX = isKnown ? middle - 12 : middle;
  const glyphY = top + height - glyph / 2 - (hasWord ? 5 : 4);
  const line = { stroke: 'var(--ink)', 'stroke-width': 1.4, 'stroke-linecap': 'round' };
  const marks: Mark[] = [
    ...(hasWord ? [mark('path', { d: `M${round(d / 2 + 1)} 10L${round(left + 7)} 3`, fill: 'none', ...line })] : []),
    mark('rect', {
      x: round(left),
      y: round(top),
      width: plateWidth,
      height,
      rx: 6,
      fill: 'var(--panel)',
      ...line,
    }),
    ...(hasWord ? [caption(messages.myGuess, middle, top + 17, { size: 12, anchor: 'middle', fill: 'var(--ink2)' })] : []),
    ...(hasGlyph ? [group({ transform: `translate(${round(glyphX)} ${round(glyphY)})` }, [podGlyph(look, state, glyph, 'panel')])] : []),
  ];
  if (isKnown) marks.push(hasGlyph ? verdict(isRight, glyphX + glyph / 2 + 13, glyphY) : verdict(isRight, middle, top + height / 2));
  return { id: `pin:${pod.key}`, layer: 'overlay', x, y, key: pod.key, marks };
}

function verdict(isRight: boolean, x: number, y: number): Mark {
  const d = isRight
    ? `M${round(x - 6)} ${round(y)}l4 4l7 -8`
    : `M${round(x - 5)} ${round(y - 5)}l10 10M${round(x + 5)} ${round(y - 5)}l-10 10`;
  return mark('path', {
    d,
    fill: 'none',
    stroke: 'var(--ink)',
    'stroke-width': 2.2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}
