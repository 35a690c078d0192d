// The scene's marks as React elements, for the small pictures of a template outside the stage: legend, markers, palette.
import { createElement, Fragment, type ReactNode } from 'react';
import { cutter, podGlyph, zigzag } from '../scene/glyph.ts';
import { type Mark, REFERENCE } from '../scene/mark.ts';
import { PATTERNS } from '../scene/patterns.ts';
import type { Look } from '../scene/podRecord.ts';
import type { PodState } from '../scene/podState.ts';
import { type Shape, shapePath } from '../scene/shapes.ts';

const PREFIX = 'ui-';

/** The patterns that glyphs outside the stage refer to; once a page. */
export function GlyphPatterns() {
  return (
    <svg className="podglyph visually-hidden" aria-hidden="true" width="0" height="0">
      <defs>
        {PATTERNS.map(({ id, width, height, rotate, look, marks }) => (
          <pattern
            key={id}
            id={PREFIX + id}
            className={look}
            width={width}
            height={height}
            patternUnits="userSpaceOnUse"
            patternTransform={`rotate(${rotate})`}
          >
            {marks.map(elementOf)}
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

export function patternUrl(id: string): string {
  return `url(#${PREFIX}${id})`;
}

interface GlyphProps {
  readonly look: Look;
  readonly size: number;
  /** How the cookie is; ready unless said. */
  readonly state?: PodState;
}

const READY: PodState = { name: 'ready' };

/** A cookie. */
export function Glyph({ look, size, state = READY }: GlyphProps) {
  return <Frame size={size} mark={podGlyph(look, state, size, 'panel')} />;
}

/** A cutter. */
export function Cutter({ look, size }: { readonly look: Look; readonly size: number }) {
  return <Frame size={size} mark={look.letter ? cutter(look, size) : podGlyph(look, READY, size, 'panel')} />;
}

function Frame({ size, mark }: { readonly size: number; readonly mark: Mark }) {
  return (
    <svg
      className="podglyph"
      width={size}
      height={size}
      viewBox={`${-size / 2} ${-size / 2} ${size} ${size}`}
      aria-hidden="true"
      focusable="false"
    >
      <Marks marks={[mark]} />
    </svg>
  );
}

/** Marks with the clips that they refer to; for use inside an svg. */
export function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  return (
    <>
      {[...new Set(marks.flatMap(clipsOf))].map((id) => (
        <clipPath key={id} id={PREFIX + id}>
          <path d={clipPathOf(id)} />
        </clipPath>
      ))}
      {marks.map(elementOf)}
    </>
  );
}

/** The names of the clips a mark refers to: `clip-B-40`, `left-40`, `right-40`. */
function clipsOf({ attrs, children = [] }: Mark): string[] {
  const clip = attrs['clip-path'];
  const mine = typeof clip === 'string' && clip.startsWith(REFERENCE) ? [clip.slice(REFERENCE.length)] : [];
  return [...mine, ...children.flatMap(clipsOf)];
}

function clipPathOf(id: string): string {
  const [type, shape, size] = id.split('-');
  if (type === 'clip') return shapePath(shape as Shape, Number(size));
  const d = Number(shape);
  const far = type === 'left' ? -d : d;
  return `M${zigzag(d)}L${far} ${d}L${far} ${-d}Z`;
}

/** A mark as an element; for use inside an svg. */
export function elementOf(mark: Mark, key: number): ReactNode {
  const props: Record<string, unknown> = { key };
  for (const [name, value] of Object.entries(mark.attrs)) {
    const isReference = typeof value === 'string' && value.startsWith(REFERENCE);
    props[REACT_NAMES[name] ?? name] = isReference ? patternUrl(value.slice(REFERENCE.length)) : value;
  }
  return createElement(mark.tag, props, mark.text ?? (mark.children ? <Fragment>{mark.children.map(elementOf)}</Fragment> : undefined));
}

const REACT_NAMES: Readonly<Record<string, string>> = {
  class: 'className',
  'clip-path': 'clipPath',
  'fill-opacity': 'fillOpacity',
  'font-size': 'fontSize',
  'font-weight': 'fontWeight',
  'stroke-dasharray': 'strokeDasharray',
  'stroke-dashoffset': 'strokeDashoffset',
  'stroke-linecap': 'strokeLinecap',
  'stroke-linejoin': 'strokeLinejoin',
  'stroke-opacity': 'strokeOpacity',
  'stroke-width': 'strokeWidth',
  'text-anchor': 'textAnchor',
};
