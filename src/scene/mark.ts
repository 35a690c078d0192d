// A mark: one SVG element as plain data. Everything that draws returns marks; svg.ts alone makes elements of them.
// Marks are values: never changed, shared wherever they look alike, so that the painter can skip what it has already drawn.
import { round, type Shape } from './shapes.ts';

export type Attribute = string | number;

export interface Mark {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, Attribute>>;
  readonly children?: readonly Mark[] | undefined;
  readonly text?: string | undefined;
}

/** Names in `url(#…)` must be unique in the page: `@name` as a fill or clip becomes `url(#<stage>-name)`. */
export const REFERENCE = '@';

/** All marks are made here: where all have the same fields, the painter reads them fastest. */
export function mark(tag: string, attrs: Mark['attrs'], children?: readonly Mark[], text?: string): Mark {
  return { tag, attrs, children, text };
}

export function group(attrs: Mark['attrs'], children: readonly Mark[]): Mark {
  return mark('g', attrs, children);
}

export interface TextOptions {
  readonly size: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly isMono?: boolean;
  readonly isStruck?: boolean;
}

export function caption(text: string, x: number, y: number, options: TextOptions): Mark {
  return mark('text', { x: round(x), y: round(y), ...textAttributes(options) }, undefined, text);
}

/** Runs of text that follow each other on one line; `dx` is the gap before a run. */
export function runs(
  x: number,
  y: number,
  parts: readonly (TextOptions & { readonly text: string; readonly dx?: number })[],
  anchor?: 'middle' | 'end',
): Mark {
  const spans = parts.map(({ text, dx, ...options }): Mark => {
    const attrs = textAttributes(options);
    return mark('tspan', dx ? { ...attrs, dx } : attrs, undefined, text);
  });
  const attrs: Record<string, Attribute> = { x: round(x), y: round(y) };
  if (anchor) attrs['text-anchor'] = anchor;
  return mark('text', attrs, spans);
}

function textAttributes({ size, weight, fill, anchor, isMono }: TextOptions): Record<string, Attribute> {
  const attrs: Record<string, Attribute> = { 'font-size': size, fill: fill ?? 'var(--ink)' };
  if (weight) attrs['font-weight'] = weight;
  if (anchor) attrs['text-anchor'] = anchor;
  if (isMono) attrs['class'] = 'mono';
  return attrs;
}

/** The name of the clip in the outline of a shape; svg.ts makes it when it is first used. */
export function shapeClip(shape: Shape, d: number): string {
  return `${REFERENCE}clip-${shape}-${d}`;
}
