// A picture that has much new in it comes in pieces, a frame for each, so that none takes long.
import type { Item } from '../../scene/item.ts';
import type { SvgPainter } from '../../scene/svg.ts';

/** So many items at once take no long time. */
const PIECE_MAX = 100;

export class FirstPicture {
  private readonly painter: SvgPainter;
  private readonly addMs: number;
  /** How many parts of what comes before it are done. */
  prepared = 0;
  /** How many items stand. */
  private count = 0;

  /** `addMs` is how long a frame may add to it. */
  constructor(painter: SvgPainter, addMs: number) {
    this.painter = painter;
    this.addMs = addMs;
  }

  /** Adds a piece; whether the picture is whole. */
  paint(items: readonly Item[]): boolean {
    // Making the first items is a frame's work of its own.
    if (this.count++ === 0) return false;
    const untilMs = performance.now() + this.addMs;
    do {
      this.painter.paint(items.slice(0, this.count));
      // Many items are no reason to take many frames.
      this.count += Math.min(1 + (this.count >> 3), PIECE_MAX);
    } while (this.count <= items.length && performance.now() < untilMs);
    if (this.count > items.length) this.painter.paint(items);
    return this.count > items.length;
  }
}
