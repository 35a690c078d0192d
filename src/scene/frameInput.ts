// What one frame is drawn of: the layout, the moment, what is pointed at, and what is on its way.
import type { Key } from '../kube/meta.ts';
import type { SceneMessages } from './captions.ts';
import type { Bend } from './glyph.ts';
import type { Item } from './item.ts';
import type { Layout } from './layout.ts';
import type { PodState } from './podState.ts';

/** Where a glyph is on its way, instead of at its place. */
export interface GlyphMotion {
  readonly x?: number;
  readonly y?: number;
  readonly dx?: number;
  readonly dy?: number;
  readonly scale?: number;
  readonly opacity?: number;
  /** What it still looks like. */
  readonly state?: PodState;
  /** Its words wait until it has arrived. */
  readonly isMute?: boolean;
}

export interface CutterMotion {
  readonly dy: number;
  readonly scale: number;
  readonly bend?: Bend;
  /** Sideways from its place. */
  readonly dx?: number;
  /** How much of the ghost is there. */
  readonly ghostOpacity?: number;
}

/** What moves at this moment: a pure function of the changes before the playhead (transitions.ts). */
export interface Motion {
  readonly pods: ReadonlyMap<Key, GlyphMotion>;
  readonly cutters: ReadonlyMap<Key, CutterMotion>;
  /** Trays whose hatch is being drawn, by node: share done. */
  readonly trays: ReadonlyMap<Key, number>;
  /** Pods that are still seen in the lane. */
  readonly inLane: number;
  /** Trails, departed pods and the like, drawn as they come. */
  readonly extras: readonly Item[];
}

export const STILL: Motion = { pods: new Map(), cutters: new Map(), trays: new Map(), inLane: 0, extras: [] };

export interface FrameInput {
  readonly layout: Layout;
  readonly messages: SceneMessages;
  readonly atMs: number;
  readonly selection: ReadonlySet<Key>;
  readonly hovered: Key | undefined;
  readonly focused: Key | undefined;
  readonly motion: Motion;
  /** The camera's: how large glyphs are on screen says how much they show. */
  readonly zoom?: number;
}
