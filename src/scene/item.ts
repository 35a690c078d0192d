// An item: what stands at one place of the stage, in one layer, with one identity from frame to frame.
import type { Key } from '../kube/meta.ts';
import type { Mark } from './mark.ts';

/** From the back to the front. Threads run behind the lane, the cards and the lips. */
export const LAYERS = ['threads', 'lane', 'cards', 'trays', 'inner', 'glyphs', 'flights', 'overlay', 'plates'] as const;
export type Layer = (typeof LAYERS)[number];

export interface Item {
  readonly id: string;
  readonly layer: Layer;
  readonly x: number;
  readonly y: number;
  readonly scale?: number;
  readonly opacity?: number;
  /** Drawn for the size it has on screen: its patterns need no correction for the camera. */
  readonly isScreenSized?: boolean;
  readonly marks: readonly Mark[];
  /** The object that a click here means. */
  readonly key?: Key;
  /** What a click here does instead of selecting: `fewer`, `more`. */
  readonly act?: string;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function isSameRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
