// The first picture in a document of somebody else: it comes in pieces, a frame for each, so that none takes long.
import type { Item } from '../../scene/item.ts';
import type { SvgPainter } from '../../scene/svg.ts';

/** How long a frame may add to it. */
const ADD_MS = 1.5;

export class FirstPicture {
  private readonly painter: SvgPainter;
  /** How many items stand. */
  private count = 0;

  constructor(painter: SvgPainter) {
    this.painter = painter;
  }

  get isBegun(): boolean {
    return this.count > 0;
  }

  /** Adds a piece; whether the picture is whole. */
  paint(items: readonly Item[]): boolean {
    // Making the first items is a frame's work of its own.
    if (this.count++ === 0) return false;
    const untilMs = performance.now() + ADD_MS;
    do {
      this.painter.paint(items.slice(0, this.count));
      // Many items are no reason to take many frames.
      this.count += 1 + (this.count >> 3);
    } while (this.count <= items.length && performance.now() < untilMs);
    if (this.count > items.length) this.painter.paint(items);
    return this.count > items.length;
  }
}
