// The clips that marks name, made when they are first used.
import { zigzag } from './glyph.ts';
import { type Shape, shapePath } from './shapes.ts';

/** `clip-A-60`: the inside of a shape. `left-60`, `right-60`: the two sides of a crashed pod's seam. */
export function clipPath(name: string): string {
  const parts = name.split('-');
  const d = Number(parts.at(-1));
  const side = parts[0] === 'left' ? -d : d;
  return parts[0] === 'clip'
    ? shapePath(parts[1] as Shape, d)
    : `M${side} ${-d}L${0.22 * d} ${-d}L${zigzag(d)}L${0.22 * d} ${d}L${side} ${d}Z`;
}
