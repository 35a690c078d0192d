// The parts of a pod in their places: what layout makes and drawing takes.
import type { Rect } from '../item.ts';
import type { Size } from '../layout.ts';
import type { CardLines, Detail } from './cards.ts';
import type { ContainerBox, FileBox, InsideModel, MountBox, PlugBox, VolumeBox } from './model.ts';

export interface PlacedPlug {
  readonly plug: PlugBox;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Where its wire enters the container. */
  readonly footX: number;
  readonly footY: number;
}

export interface PlacedContainer {
  readonly box: ContainerBox;
  readonly rect: Rect;
  readonly lines: CardLines;
  readonly plugs: readonly PlacedPlug[];
  readonly pipeY: number;
}

export interface PlacedInit {
  readonly box: ContainerBox;
  readonly rect: Rect;
  /** In a row of its own, as on a phone: name and state beside each other. */
  readonly isRow: boolean;
}

export interface PlacedMount {
  readonly mount: MountBox;
  readonly container: string;
  readonly window: Rect;
  /** Undefined where the pod has no such volume. */
  readonly pipe: string | undefined;
  /** Straight down with nothing beside it: wide, with an arrow and a word. */
  readonly isStraight: boolean;
  /** Its first stretch below the container, where an arrow and a word can stand. */
  readonly mark: { readonly x: number; readonly top: number; readonly bottom: number };
}

export interface PlacedFile {
  readonly file: FileBox;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** A sheet of 28 by 44, or of 18 by 28. */
  readonly isLarge: boolean;
}

export interface PlacedVolume {
  readonly box: VolumeBox;
  readonly rect: Rect;
  readonly isWide: boolean;
  readonly files: readonly PlacedFile[];
  readonly more: { readonly count: number; readonly x: number; readonly y: number } | undefined;
}

export interface InsideLayout {
  readonly model: InsideModel;
  readonly size: Size;
  readonly content: Size;
  readonly isPhone: boolean;
  readonly detail: Detail;
  /** The node that the pod stands on; none on a phone. */
  readonly tray: Rect | undefined;
  readonly band: Rect;
  readonly bandWidth: number;
  /** The middle of the stamp's left edge, and how wide stamp and words, or stamp and name, may be. */
  readonly head: { readonly x: number; readonly y: number; readonly width: number; readonly nameWidth: number };
  readonly door: Rect;
  /** The wire from above through the door to the pipe. */
  readonly wire: { readonly x: number; readonly top: number; readonly bottom: number };
  /** The localhost pipe: one for all rows of containers. */
  readonly network: string;
  readonly networkLabel: { readonly x: number; readonly y: number; readonly width: number };
  readonly inits: readonly PlacedInit[];
  /** Init containers that found no room. */
  readonly initsLeft: number;
  readonly initArrow: { readonly x: number; readonly y: number } | undefined;
  readonly note: { readonly x: number; readonly y: number } | undefined;
  readonly containers: readonly PlacedContainer[];
  readonly mounts: readonly PlacedMount[];
  readonly volumes: readonly PlacedVolume[];
}
