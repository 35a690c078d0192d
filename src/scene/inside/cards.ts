// What stands on the card of a container, line by line, and how high that makes it. Three levels of detail: 0 is what the design's
// picture has, 1 adds probes, use and how the last run ended, 2 adds the end of the log.
import type { ContainerBox } from './model.ts';

export type Detail = 0 | 1 | 2;

/** The face of names, and what is left free at the sides of a card. */
export const NAME = { size: 15, isMono: true, isBold: true };
export const PAD = 16;
export const WINDOW_HEIGHT = 27;
const WINDOW_GAP = 5;
const LINE = 18;
export const LOG_LINES = 2;
export const MESSAGE_LINES = 3;
const LOG_LINE = 17;
/** Mounts that find no room for a window are a number, in a line above the windows. */
const WINDOWS_MAX = 4;

/** The vertical places of a card's lines, from its top. */
export interface CardLines {
  readonly height: number;
  readonly last: number | undefined;
  /** The baseline of the first probe line, and how many lines there are. */
  readonly probes: number | undefined;
  readonly probeCount: number;
  readonly bars: number | undefined;
  readonly message: number | undefined;
  readonly log: number | undefined;
  readonly windows: readonly number[];
}

const HEAD = 96;
const HEIGHT_MIN = 158;
const COMPACT_MIN = 112;

export function cardLines(box: ContainerBox, detail: Detail, isPhone: boolean): CardLines {
  let y = HEAD;
  const take = (isThere: boolean, height: number): number | undefined => {
    if (!isThere) return undefined;
    const at = y;
    y += height;
    return at;
  };
  // What it waits after is told in the line above.
  const last = take(detail >= 1 && box.last !== undefined && box.state.stage !== 'backOff', LINE);
  const probeCount = detail === 0 ? Math.min(1, box.probes.length) : box.probes.length;
  const probes = take(probeCount > 0, probeCount * LINE);
  const bars = take(detail >= 1 && hasBars(box), 24);
  const message = take(box.state.message !== undefined, MESSAGE_LINES * LOG_LINE + 4);
  const log = take(detail === 2 && tailOf(box).length > 0, LOG_LINES * LOG_LINE + 18);
  const count = Math.min(box.mounts.length, WINDOWS_MAX);
  const moreLine = box.mounts.length > count ? LINE : 0;
  const storage = count > 0 ? 16 + moreLine + count * WINDOW_HEIGHT + (count - 1) * WINDOW_GAP + 13 : 14;
  return {
    height: Math.max(isPhone ? COMPACT_MIN : HEIGHT_MIN, y + storage),
    last,
    probes,
    probeCount,
    bars,
    message,
    log,
    windows: windowsFrom(count),
  };
}

/** From the floor: how far above it each window's top is. */
function windowsFrom(count: number): number[] {
  return Array.from({ length: count }, (_, i) => 13 + WINDOW_HEIGHT + (count - 1 - i) * (WINDOW_HEIGHT + WINDOW_GAP));
}

export function hasBars({ inside, resources }: ContainerBox): boolean {
  const isAsked = (name: string) => resources.requests?.[name] !== undefined || resources.limits?.[name] !== undefined;
  return inside !== undefined || isAsked('cpu') || isAsked('memory');
}

/** The last lines that its present run has printed; those of the run before until it prints. */
export function tailOf({ inside }: ContainerBox): readonly string[] {
  const run = inside?.log.findLast(({ lines }) => lines.length > 0);
  return run?.lines.slice(-LOG_LINES).map(({ text }) => text) ?? [];
}
